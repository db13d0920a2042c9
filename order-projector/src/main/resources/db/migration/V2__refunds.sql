-- Refunds. Rows written before refunds were known had none, so that 0 is what the topics say of them.

ALTER TABLE payments ADD COLUMN refunded_minor bigint NOT NULL DEFAULT 0;
ALTER TABLE order_balances ADD COLUMN refunded_minor bigint NOT NULL DEFAULT 0;

-- One row for each fact about a refund: one that was stuck and then succeeded has two.
CREATE TABLE refunds (
  provider                 text        NOT NULL,
  account                  text        NOT NULL,
  transaction_id           text        NOT NULL,
  refund_id                text        NOT NULL,
  outcome                  text        NOT NULL,
  -- refunded_total_minor where the fact states only that, else 0. Such a refund may be told of again
  -- with a grown total, and each of the two is a fact.
  identity_total_minor     bigint      NOT NULL,
  shop                     text        NOT NULL,
  order_no                 text        NOT NULL,
  merchant_refund_no       text,
  amount_minor             bigint,
  refunded_total_minor     bigint,
  transaction_amount_minor bigint,
  currency                 text        NOT NULL,
  occurred_at              timestamptz,
  received_at              timestamptz NOT NULL,
  witness                  text        NOT NULL,
  order_version            bigint      NOT NULL,
  PRIMARY KEY (provider, account, transaction_id, refund_id, outcome, identity_total_minor, shop,
      order_no)
);
CREATE INDEX refunds_by_transaction ON refunds (transaction_id);
CREATE INDEX refunds_by_refund ON refunds (refund_id);
CREATE INDEX refunds_by_order ON refunds (shop, order_no);

CREATE TABLE order_refunded (
  shop           text        NOT NULL,
  order_no       text        NOT NULL,
  event_id       text        NOT NULL UNIQUE,
  order_version  bigint      NOT NULL,
  amount_minor   bigint      NOT NULL,
  currency       text        NOT NULL,
  provider       text        NOT NULL,
  account        text        NOT NULL,
  transaction_id text        NOT NULL,
  refunded_at    timestamptz,
  received_at    timestamptz NOT NULL,
  PRIMARY KEY (shop, order_no),
  -- A transaction pays one order, so that its refund takes back one.
  UNIQUE (provider, account, transaction_id)
);
