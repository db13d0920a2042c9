-- The read store's tables as the checker expects them, without indexes.
CREATE TABLE orders (shop text, order_no text, version bigint, status text, amount_due_minor bigint,
  currency text, placed_at timestamptz, paying_provider text, paying_account text,
  paying_transaction_id text, updated_at timestamptz, partial_payments boolean,
  late_payment text, due_since timestamptz, PRIMARY KEY (shop, order_no));
CREATE TABLE order_transitions (shop text, order_no text, version bigint, from_status text,
  to_status text, input_id text, cause text, at timestamptz, source_topic text,
  source_partition int, source_offset bigint, PRIMARY KEY (shop, order_no, version));
CREATE TABLE payments (provider text, account text, transaction_id text, shop text, order_no text,
  amount_minor bigint, currency text, payee text, expected_payee text, standing text,
  occurred_at timestamptz, received_at timestamptz, witness text, order_version bigint,
  refunded_minor bigint, excess_minor bigint,
  PRIMARY KEY (provider, account, transaction_id, shop, order_no));
CREATE TABLE refunds (provider text, account text, transaction_id text, refund_id text,
  outcome text, identity_total_minor bigint, shop text, order_no text, merchant_refund_no text,
  amount_minor bigint, refunded_total_minor bigint, transaction_amount_minor bigint, currency text,
  occurred_at timestamptz, received_at timestamptz, witness text, order_version bigint,
  PRIMARY KEY (provider, account, transaction_id, refund_id, outcome, identity_total_minor, shop,
  order_no));
CREATE TABLE order_balances (shop text, order_no text, currency text, received_minor bigint,
  applied_minor bigint, owed_back_minor bigint, suspense_minor bigint, order_version bigint, refunded_minor bigint,
  PRIMARY KEY (shop, order_no, currency));
CREATE TABLE notification_receipts (identity text PRIMARY KEY, shop text, order_no text,
  fingerprint text, deliveries bigint, conflicts bigint, first_received_at timestamptz,
  last_received_at timestamptz, witnesses text[], key_ids text[], first_topic text,
  first_partition int, first_offset bigint, revision bigint);
CREATE TABLE order_paid (shop text, order_no text, event_id text, order_version bigint,
  amount_minor bigint, currency text, provider text, account text, transaction_id text,
  paid_at timestamptz, received_at timestamptz, PRIMARY KEY (shop, order_no));
CREATE TABLE order_cancelled (shop text, order_no text, event_id text, order_version bigint,
  command_id text, actor text, at timestamptz, PRIMARY KEY (shop, order_no));
CREATE TABLE order_refunded (shop text, order_no text, event_id text, order_version bigint,
  amount_minor bigint, currency text, provider text, account text, transaction_id text,
  refunded_at timestamptz, received_at timestamptz, PRIMARY KEY (shop, order_no));
CREATE TABLE payment_exceptions (exception_id text PRIMARY KEY, kind text, shop text,
  order_no text, state text, revision bigint, suggested_action text, evidence jsonb,
  opened_at timestamptz, at timestamptz, source_topic text, source_partition int,
  source_offset bigint);
CREATE TABLE order_commands (log_partition int, log_offset bigint, shop text, order_no text,
  command_id text, kind text, actor text, amount_due_minor bigint, currency text,
  expected_version bigint, exception_id text, exception_revision bigint, reason text,
  issued_at timestamptz, PRIMARY KEY (log_partition, log_offset));
CREATE TABLE command_outcomes (log_partition int, log_offset bigint, shop text, order_no text,
  command_id text, kind text, actor text, result text, reason text, at timestamptz,
  source_topic text, source_partition int, source_offset bigint,
  PRIMARY KEY (log_partition, log_offset));
CREATE TABLE deliveries (log_partition int, log_offset bigint, delivery_id text, provider text,
  account text, protocol text, shop text, order_no text, kind text, event_type text,
  notification_id text, authentication text, witness text, key_id text, received_at timestamptz,
  transaction_id text, refund_id text, refund_outcome text, amount_minor bigint, currency text,
  request_id text, attempt int, answer text, detail text, PRIMARY KEY (log_partition, log_offset));
CREATE TABLE provider_requests (log_partition int, log_offset bigint, request_id text,
  attempt int, kind text, shop text, order_no text, provider text, account text,
  transaction_id text, refund_no text, amount_minor bigint, payment_minor bigint, currency text,
  reason text, order_version bigint, requested_at timestamptz, until timestamptz,
  combined jsonb,
  PRIMARY KEY (log_partition, log_offset));
CREATE TABLE dead_letters (log_partition int, log_offset bigint, reason text, detail text,
  shop text, order_no text, origin text, source_topic text, source_partition int,
  source_offset bigint, at timestamptz, PRIMARY KEY (log_partition, log_offset));
CREATE TABLE dead_letter_redrives (log_partition int, log_offset bigint, letter_partition int,
  letter_offset bigint, source_topic text, source_partition int, source_offset bigint, actor text,
  why text, times int, at timestamptz, PRIMARY KEY (log_partition, log_offset));
CREATE TABLE rejections (log_partition int, log_offset bigint, delivery_id text, protocol text,
  account text, rejection text, explanation text, body_sha256 text, body_bytes bigint,
  at timestamptz, PRIMARY KEY (log_partition, log_offset));
CREATE TABLE projector_offsets (topic text, partition int, next_offset bigint,
  PRIMARY KEY (topic, partition));
