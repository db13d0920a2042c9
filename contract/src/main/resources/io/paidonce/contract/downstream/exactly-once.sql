-- What io.paidonce.contract.downstream.ExactlyOnce remembers. Stands in the database that the handlers
-- write to, so that effect and memory are one transaction.

-- How far a consumer has come in each partition; epoch grows whenever the partition changes hands.
CREATE TABLE IF NOT EXISTS paidonce_offsets (
    consumer    text    NOT NULL,
    topic       text    NOT NULL,
    partition   integer NOT NULL,
    next_offset bigint  NOT NULL,
    epoch       bigint  NOT NULL,
    PRIMARY KEY (consumer, topic, partition)
);

-- Every event that was applied. Rows older than the topics' retention (400 days) may be deleted.
CREATE TABLE IF NOT EXISTS paidonce_applied (
    consumer      text        NOT NULL,
    event_id      text        NOT NULL,
    order_key     text        NOT NULL,
    order_version bigint      NOT NULL,
    applied_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, event_id)
);

CREATE INDEX IF NOT EXISTS paidonce_applied_order
    ON paidonce_applied (consumer, order_key, order_version);
