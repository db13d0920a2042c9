-- Each payment writes an entry into each index of its tables. The key of payments begins with the
-- transaction id now, so that it finds by that id alone what an index of its own found before.

ALTER TABLE payments
  DROP CONSTRAINT payments_pkey,
  ADD PRIMARY KEY (transaction_id, provider, account, shop, order_no);
DROP INDEX payments_by_transaction;

-- An order's row changes some times and none of its indexed columns does: with room in its page the
-- new version needs no index entry. Pages that are full already stay as they are.
ALTER TABLE orders SET (fillfactor = 75);
