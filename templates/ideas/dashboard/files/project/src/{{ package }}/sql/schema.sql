-- The tables as they are exported; a row that breaks a rule stops the load.
CREATE TABLE calendar (
    day TEXT PRIMARY KEY CHECK (day IS date(day)),
    holiday TEXT
);
CREATE TABLE shops (
    shop TEXT PRIMARY KEY
);
CREATE TABLE offers (
    first_day TEXT NOT NULL CHECK (first_day IS date(first_day)),
    last_day TEXT NOT NULL CHECK (last_day IS date(last_day)),
    discount REAL NOT NULL CHECK (discount > 0 AND discount < 1),
    shop TEXT NOT NULL REFERENCES shops,
    CHECK (first_day <= last_day)
);
CREATE TABLE closures (
    day TEXT NOT NULL CHECK (day IS date(day)),
    shop TEXT NOT NULL REFERENCES shops,
    reason TEXT NOT NULL CHECK (reason IN ('refit', 'export lost'))
);
CREATE TABLE members (
    member_id TEXT PRIMARY KEY,
    joined TEXT NOT NULL CHECK (joined IS date(joined)),
    left_on TEXT CHECK (left_on IS NULL OR (left_on IS date(left_on) AND left_on > joined)),
    shop TEXT NOT NULL REFERENCES shops,
    plan TEXT NOT NULL CHECK (plan IN ('monthly', 'quarterly', 'yearly')),
    channel TEXT NOT NULL
);
CREATE TABLE tickets (
    day TEXT NOT NULL CHECK (day IS date(day)),
    member_id TEXT NOT NULL REFERENCES members,
    topic TEXT NOT NULL
);
CREATE TABLE orders (
    order_id TEXT NOT NULL,
    day TEXT NOT NULL CHECK (day IS date(day)),
    shop TEXT NOT NULL REFERENCES shops,
    member_id TEXT REFERENCES members,
    amount REAL NOT NULL CHECK (amount >= 0)
);
