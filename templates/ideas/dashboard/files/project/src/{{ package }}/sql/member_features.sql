-- Mart: one row a member on the day :as_of, from what was known by the end of that day.
-- Only `leaves` looks ahead: whether the member leaves within :window days. It is the answer.
-- BEGIN SOLUTION marts
WITH here AS (
    SELECT * FROM members
    WHERE joined <= :as_of AND (left_on IS NULL OR left_on > :as_of)
),

ordered AS (
    SELECT
        member_id,
        sum(day > date(:as_of, '-28 days')) AS orders_28,
        sum(day > date(:as_of, '-91 days')) AS orders_91,
        count(*) AS orders_182,
        sum(CASE WHEN day > date(:as_of, '-91 days') THEN amount ELSE 0 END) AS spend_91,
        max(day) AS last_order
    FROM (
        SELECT DISTINCT order_id, member_id, day, amount FROM orders
        WHERE member_id IS NOT NULL AND day <= :as_of AND day > date(:as_of, '-182 days')
    )
    GROUP BY member_id
),

asked AS (
    SELECT
        member_id,
        sum(day > date(:as_of, '-28 days')) AS tickets_28,
        count(*) AS tickets_91,
        sum(topic = 'delivery') AS late_91
    FROM tickets
    WHERE day <= :as_of AND day > date(:as_of, '-91 days')
    GROUP BY member_id
)

SELECT
    here.member_id,
    here.shop,
    here.plan,
    here.channel,
    julianday(:as_of) - julianday(here.joined) AS tenure,
    coalesce(ordered.orders_28, 0) AS orders_28,
    coalesce(ordered.orders_91, 0) AS orders_91,
    coalesce(ordered.orders_182, 0) AS orders_182,
    coalesce(ordered.spend_91, 0) AS spend_91,
    coalesce(julianday(:as_of) - julianday(ordered.last_order), 182) AS days_since_order,
    coalesce(asked.tickets_28, 0) AS tickets_28,
    coalesce(asked.tickets_91, 0) AS tickets_91,
    coalesce(asked.late_91, 0) AS late_91,
    coalesce(here.left_on <= date(:as_of, :window || ' days'), 0) AS leaves
FROM here
LEFT JOIN ordered ON ordered.member_id = here.member_id
LEFT JOIN asked ON asked.member_id = here.member_id
ORDER BY here.member_id;
-- END SOLUTION
-- STUB: SELECT member_id, shop, plan, channel,
-- STUB:     julianday(:as_of) - julianday(joined) AS tenure,
-- STUB:     0 AS orders_28, 0 AS orders_91, 0 AS orders_182, 0.0 AS spend_91,
-- STUB:     182.0 AS days_since_order, 0 AS tickets_28, 0 AS tickets_91, 0 AS late_91,
-- STUB:     coalesce(left_on <= date(:as_of, :window || ' days'), 0) AS leaves
-- STUB: FROM members
-- STUB: WHERE joined <= :as_of AND (left_on IS NULL OR left_on > :as_of)
-- STUB: ORDER BY member_id;
