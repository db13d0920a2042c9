-- How the provider knows an order as one of several that are paid together: account, number, appid
-- and orders, as the request has them. Rows written before have none; a rebuild fills them in.
ALTER TABLE provider_requests ADD COLUMN combined jsonb;

-- These rows change and none of their indexed columns does: with room in its page a new version needs
-- no index entry. Of offsets there are few, and all of them change with each batch.
ALTER TABLE payments SET (fillfactor = 85);
ALTER TABLE order_balances SET (fillfactor = 85);
ALTER TABLE notification_receipts SET (fillfactor = 90);
ALTER TABLE projector_offsets SET (fillfactor = 20);
