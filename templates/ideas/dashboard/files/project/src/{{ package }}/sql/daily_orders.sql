-- Mart: one row a shop and day. An order counts once, however often it was exported; a closed shop
-- has no orders; where the export was lost, the number is unknown (NULL), which is not zero.
-- BEGIN SOLUTION marts
CREATE TABLE daily_orders AS
WITH counted AS (
    SELECT
        day,
        shop,
        count(*) AS orders,
        sum(amount) AS revenue
    FROM (SELECT DISTINCT order_id, day, shop, amount FROM orders)
    GROUP BY day, shop
),

days AS (
    SELECT day FROM calendar
    WHERE day <= (SELECT max(day) FROM orders)
)

SELECT
    days.day,
    shops.shop,
    CASE
        WHEN closures.reason = 'export lost' THEN NULL
        ELSE coalesce(counted.orders, 0)
    END AS orders,
    CASE
        WHEN closures.reason = 'export lost' THEN NULL
        ELSE coalesce(counted.revenue, 0)
    END AS revenue,
    coalesce(closures.reason = 'refit', 0) AS closed
FROM days
CROSS JOIN shops
LEFT JOIN counted ON counted.day = days.day AND counted.shop = shops.shop
LEFT JOIN closures ON closures.day = days.day AND closures.shop = shops.shop
ORDER BY days.day, shops.shop;
-- END SOLUTION
-- STUB: CREATE TABLE daily_orders AS
-- STUB: SELECT day, shop, count(*) AS orders, sum(amount) AS revenue, 0 AS closed
-- STUB: FROM orders GROUP BY day, shop ORDER BY day, shop;
