-- How each gateway does: its newest record, whole, as the topic's schema describes it.
CREATE TABLE gateway_status (
  instance      text        NOT NULL PRIMARY KEY,
  log_partition int         NOT NULL,
  log_offset    bigint      NOT NULL,
  at            timestamptz NOT NULL,
  running       boolean     NOT NULL,
  status        jsonb       NOT NULL
);
