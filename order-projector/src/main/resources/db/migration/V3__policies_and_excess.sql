-- How the shop takes money for an order, and what of a payment is above the amount due. Orders written
-- before had the default policy, and no payment was split, so that the defaults are what the topics
-- say of them.

ALTER TABLE orders ADD COLUMN partial_payments boolean NOT NULL DEFAULT false;
ALTER TABLE orders ADD COLUMN late_payment text NOT NULL DEFAULT 'REVIEW';
-- Since when the time to pay is over; empty before, and once it is decided.
ALTER TABLE orders ADD COLUMN due_since timestamptz;

-- The part of an applied payment that is owed back.
ALTER TABLE payments ADD COLUMN excess_minor bigint NOT NULL DEFAULT 0;

-- Where all money stands: received = applied + excess + refund due + suspense + refunded, in each row.
CREATE VIEW money_by_provider AS
SELECT provider, currency,
  sum(amount_minor) AS received_minor,
  sum(CASE standing WHEN 'APPLIED' THEN amount_minor - refunded_minor - excess_minor ELSE 0 END)
    AS applied_minor,
  sum(excess_minor) AS excess_minor,
  sum(CASE standing WHEN 'OWED_BACK' THEN amount_minor - refunded_minor ELSE 0 END)
    AS refund_due_minor,
  sum(CASE standing WHEN 'SUSPENSE' THEN amount_minor - refunded_minor ELSE 0 END)
    AS suspense_minor,
  sum(refunded_minor) AS refunded_minor
FROM payments
GROUP BY provider, currency;
