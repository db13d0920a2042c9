-- What else happened to an order, and what happened to none: one row for each record of the log, at
-- its place there, so that applying it twice changes nothing. Rows are never changed.

CREATE TABLE order_commands (
  log_partition      int         NOT NULL,
  log_offset         bigint      NOT NULL,
  shop               text        NOT NULL,
  order_no           text        NOT NULL,
  command_id         text        NOT NULL,
  kind               text        NOT NULL,
  actor              text        NOT NULL,
  amount_due_minor   bigint,
  currency           text,
  expected_version   bigint,
  exception_id       text,
  exception_revision bigint,
  reason             text,
  -- The sender's clock.
  issued_at          timestamptz NOT NULL,
  PRIMARY KEY (log_partition, log_offset)
);
CREATE INDEX order_commands_by_order ON order_commands (order_no, shop);
CREATE INDEX order_commands_by_id ON order_commands (command_id);

CREATE TABLE command_outcomes (
  log_partition    int         NOT NULL,
  log_offset       bigint      NOT NULL,
  shop             text        NOT NULL,
  order_no         text        NOT NULL,
  command_id       text        NOT NULL,
  kind             text        NOT NULL,
  actor            text        NOT NULL,
  result           text        NOT NULL,
  reason           text        NOT NULL,
  at               timestamptz NOT NULL,
  source_topic     text        NOT NULL,
  source_partition int         NOT NULL,
  source_offset    bigint      NOT NULL,
  PRIMARY KEY (log_partition, log_offset)
);
CREATE INDEX command_outcomes_by_order ON command_outcomes (order_no, shop);

-- Each record of payment-notifications: a delivery, or a provider's answer. Never what it looked like.
CREATE TABLE deliveries (
  log_partition   int         NOT NULL,
  log_offset      bigint      NOT NULL,
  delivery_id     text        NOT NULL,
  provider        text        NOT NULL,
  account         text        NOT NULL,
  protocol        text        NOT NULL,
  shop            text        NOT NULL,
  order_no        text,
  kind            text        NOT NULL,
  event_type      text        NOT NULL,
  notification_id text,
  authentication  text        NOT NULL,
  witness         text        NOT NULL,
  key_id          text        NOT NULL,
  received_at     timestamptz NOT NULL,
  transaction_id  text,
  refund_id       text,
  refund_outcome  text,
  amount_minor    bigint,
  currency        text,
  request_id      text,
  attempt         int,
  answer          text,
  detail          text,
  PRIMARY KEY (log_partition, log_offset)
);
CREATE INDEX deliveries_by_order ON deliveries (order_no, shop);
CREATE INDEX deliveries_by_transaction ON deliveries (transaction_id)
  WHERE transaction_id IS NOT NULL;
CREATE INDEX deliveries_by_notification ON deliveries (notification_id)
  WHERE notification_id IS NOT NULL;

CREATE TABLE provider_requests (
  log_partition  int         NOT NULL,
  log_offset     bigint      NOT NULL,
  request_id     text        NOT NULL,
  attempt        int         NOT NULL,
  kind           text        NOT NULL,
  shop           text        NOT NULL,
  order_no       text        NOT NULL,
  provider       text        NOT NULL,
  account        text        NOT NULL,
  transaction_id text,
  refund_no      text,
  amount_minor   bigint,
  payment_minor  bigint,
  currency       text,
  reason         text        NOT NULL,
  order_version  bigint      NOT NULL,
  requested_at   timestamptz NOT NULL,
  until          timestamptz,
  PRIMARY KEY (log_partition, log_offset)
);
CREATE INDEX provider_requests_by_order ON provider_requests (order_no, shop);
CREATE INDEX provider_requests_by_refund ON provider_requests (refund_no) WHERE refund_no IS NOT NULL;

-- Why and whose, never the bytes: those stay in the topic.
CREATE TABLE dead_letters (
  log_partition    int         NOT NULL,
  log_offset       bigint      NOT NULL,
  reason           text        NOT NULL,
  detail           text        NOT NULL,
  -- Whose order it is about, where the record's key says so.
  shop             text,
  order_no         text,
  origin           text        NOT NULL,
  source_topic     text,
  source_partition int,
  source_offset    bigint,
  at               timestamptz NOT NULL,
  PRIMARY KEY (log_partition, log_offset)
);
CREATE INDEX dead_letters_by_order ON dead_letters (order_no, shop) WHERE order_no IS NOT NULL;

CREATE TABLE dead_letter_redrives (
  log_partition    int         NOT NULL,
  log_offset       bigint      NOT NULL,
  letter_partition int         NOT NULL,
  letter_offset    bigint      NOT NULL,
  source_topic     text        NOT NULL,
  source_partition int         NOT NULL,
  source_offset    bigint      NOT NULL,
  actor            text        NOT NULL,
  why              text        NOT NULL,
  times            int         NOT NULL,
  at               timestamptz NOT NULL,
  PRIMARY KEY (log_partition, log_offset)
);
CREATE INDEX dead_letter_redrives_by_letter ON dead_letter_redrives (letter_partition, letter_offset);

CREATE TABLE rejections (
  log_partition int         NOT NULL,
  log_offset    bigint      NOT NULL,
  delivery_id   text        NOT NULL,
  protocol      text        NOT NULL,
  account       text        NOT NULL,
  rejection     text        NOT NULL,
  explanation   text        NOT NULL,
  body_sha256   text        NOT NULL,
  body_bytes    bigint      NOT NULL,
  at            timestamptz NOT NULL,
  PRIMARY KEY (log_partition, log_offset)
);

-- An order is asked for by its number alone, and a refund by the number that we gave it. Neither
-- column of a row ever changes, so that its later versions need no new entry.
CREATE INDEX orders_by_number ON orders (order_no);
CREATE INDEX refunds_by_merchant_no ON refunds (merchant_refund_no)
  WHERE merchant_refund_no IS NOT NULL;
