-- The read store. No foreign keys: topics arrive in any order, and rows of different topics join on
-- (shop, order_no). Every row has a version or a revision, or never changes once written, so that
-- applying a record twice changes nothing. Amounts are minor units of the row's currency.

CREATE TABLE orders (
  shop                  text        NOT NULL,
  order_no              text        NOT NULL,
  version               bigint      NOT NULL,
  status                text        NOT NULL,
  amount_due_minor      bigint,
  currency              text,
  placed_at             timestamptz,
  paying_provider       text,
  paying_account        text,
  paying_transaction_id text,
  updated_at            timestamptz NOT NULL,
  PRIMARY KEY (shop, order_no)
);

CREATE TABLE order_transitions (
  shop             text        NOT NULL,
  order_no         text        NOT NULL,
  version          bigint      NOT NULL,
  from_status      text        NOT NULL,
  to_status        text        NOT NULL,
  input_id         text        NOT NULL,
  cause            text        NOT NULL,
  at               timestamptz NOT NULL,
  source_topic     text        NOT NULL,
  source_partition int         NOT NULL,
  source_offset    bigint      NOT NULL,
  PRIMARY KEY (shop, order_no, version)
);

CREATE TABLE payments (
  provider       text        NOT NULL,
  account        text        NOT NULL,
  transaction_id text        NOT NULL,
  shop           text        NOT NULL,
  order_no       text        NOT NULL,
  amount_minor   bigint      NOT NULL,
  currency       text        NOT NULL,
  payee          text        NOT NULL,
  expected_payee text        NOT NULL,
  standing       text        NOT NULL,
  occurred_at    timestamptz,
  received_at    timestamptz NOT NULL,
  witness        text        NOT NULL,
  order_version  bigint      NOT NULL,
  PRIMARY KEY (provider, account, transaction_id, shop, order_no)
);
CREATE INDEX payments_by_transaction ON payments (transaction_id);
CREATE INDEX payments_by_order ON payments (shop, order_no);

CREATE TABLE order_balances (
  shop             text   NOT NULL,
  order_no         text   NOT NULL,
  currency         text   NOT NULL,
  received_minor   bigint NOT NULL,
  applied_minor    bigint NOT NULL,
  owed_back_minor  bigint NOT NULL,
  suspense_minor   bigint NOT NULL,
  order_version    bigint NOT NULL,
  PRIMARY KEY (shop, order_no, currency)
);

CREATE TABLE notification_receipts (
  identity          text        NOT NULL PRIMARY KEY,
  shop              text        NOT NULL,
  order_no          text,
  fingerprint       text        NOT NULL,
  deliveries        bigint      NOT NULL,
  conflicts         bigint      NOT NULL,
  first_received_at timestamptz NOT NULL,
  last_received_at  timestamptz NOT NULL,
  witnesses         text[]      NOT NULL,
  key_ids           text[]      NOT NULL,
  first_topic       text        NOT NULL,
  first_partition   int         NOT NULL,
  first_offset      bigint      NOT NULL,
  revision          bigint      NOT NULL
);
CREATE INDEX notification_receipts_by_order ON notification_receipts (shop, order_no);

CREATE TABLE order_paid (
  shop           text        NOT NULL,
  order_no       text        NOT NULL,
  event_id       text        NOT NULL UNIQUE,
  order_version  bigint      NOT NULL,
  amount_minor   bigint      NOT NULL,
  currency       text        NOT NULL,
  provider       text        NOT NULL,
  account        text        NOT NULL,
  transaction_id text        NOT NULL,
  paid_at        timestamptz,
  received_at    timestamptz NOT NULL,
  PRIMARY KEY (shop, order_no),
  -- The third guard against paying twice with one transaction, after intake and ledger.
  UNIQUE (provider, account, transaction_id)
);

CREATE TABLE order_cancelled (
  shop          text        NOT NULL,
  order_no      text        NOT NULL,
  event_id      text        NOT NULL UNIQUE,
  order_version bigint      NOT NULL,
  command_id    text        NOT NULL,
  actor         text        NOT NULL,
  at            timestamptz NOT NULL,
  PRIMARY KEY (shop, order_no)
);

CREATE TABLE payment_exceptions (
  exception_id     text        NOT NULL PRIMARY KEY,
  kind             text        NOT NULL,
  shop             text        NOT NULL,
  order_no         text        NOT NULL,
  state            text        NOT NULL,
  revision         bigint      NOT NULL,
  suggested_action text        NOT NULL,
  evidence         jsonb       NOT NULL,
  opened_at        timestamptz NOT NULL,
  at               timestamptz NOT NULL,
  source_topic     text        NOT NULL,
  source_partition int         NOT NULL,
  source_offset    bigint      NOT NULL
);
CREATE INDEX payment_exceptions_by_order ON payment_exceptions (shop, order_no);

-- Records that could not be applied, with the reason: nothing is dropped in silence.
CREATE TABLE projection_refusals (
  topic     text        NOT NULL,
  partition int         NOT NULL,
  "offset"  bigint      NOT NULL,
  reason    text        NOT NULL,
  at        timestamptz NOT NULL,
  PRIMARY KEY (topic, partition, "offset")
);

-- The only place where the projector's position is kept; Kafka holds no offsets of it.
CREATE TABLE projector_offsets (
  topic       text   NOT NULL,
  partition   int    NOT NULL,
  next_offset bigint NOT NULL,
  PRIMARY KEY (topic, partition)
);
