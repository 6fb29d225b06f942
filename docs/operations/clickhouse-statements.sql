-- The table that `manage.py feed_sink clickhouse` writes to.
--
-- A batch may come twice. Rows with the same id are the same and have the same `stored`, so they meet in one partition and
-- merge into one; until they have merged, `SELECT … FROM statements FINAL` counts each once.
CREATE TABLE IF NOT EXISTS statements (
    seq UInt64,
    id UUID,
    stored DateTime64(6, 'UTC'),
    timestamp DateTime64(6, 'UTC'),
    actor UUID,
    verb LowCardinality(String),
    object String,
    registration Nullable(UUID),
    target Nullable(UUID),
    source UUID,
    payload String CODEC(ZSTD(3))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(stored)
ORDER BY id;
