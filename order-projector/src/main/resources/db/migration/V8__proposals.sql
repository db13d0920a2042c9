-- What one operator proposed and another is to approve. In a schema of its own, since the read store is
-- made of topics and may be thrown away and made anew, and this is in no topic.
CREATE SCHEMA IF NOT EXISTS paidonce_operations;

CREATE TABLE IF NOT EXISTS paidonce_operations.proposals (
  proposal_id        text        NOT NULL PRIMARY KEY,
  action             text        NOT NULL,
  request_id         text        NOT NULL,
  target             text        NOT NULL,
  shop               text,
  order_no           text,
  letter             text,
  expected_version   bigint,
  exception_id       text,
  exception_revision bigint,
  reason             text        NOT NULL,
  digest             text        NOT NULL,
  proposed_by        text        NOT NULL,
  proposed_at        timestamptz NOT NULL DEFAULT now(),
  expires_at         timestamptz NOT NULL,
  state              text        NOT NULL DEFAULT 'PROPOSED'
    CHECK (state IN ('PROPOSED', 'APPROVED', 'DONE', 'REJECTED')),
  decided_by         text,
  decided_at         timestamptz,
  done_at            timestamptz,
  -- A request that is repeated is the same proposal.
  UNIQUE (target, request_id),
  -- The last guard: whatever wrote it, nobody approved what they proposed themselves.
  CHECK (state NOT IN ('APPROVED', 'DONE')
    OR (decided_by IS NOT NULL AND lower(trim(decided_by)) <> lower(trim(proposed_by))))
);

CREATE OR REPLACE VIEW paidonce_operations.proposals_now AS
SELECT proposal_id, action, request_id, target, shop, order_no, letter, expected_version, exception_id,
  exception_revision, reason, digest, proposed_by, proposed_at, expires_at,
  CASE WHEN state IN ('PROPOSED', 'APPROVED') AND expires_at <= now() THEN 'EXPIRED' ELSE state END
    AS state,
  decided_by, decided_at, done_at
FROM paidonce_operations.proposals;
