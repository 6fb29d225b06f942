-- Splits the statement log of a PostgreSQL database into 16 partitions by hash(id); docs/decisions/0011-growth.md says when and why.
--
--     psql "$DATABASE_URL" --set ON_ERROR_STOP=1 --file docs/operations/partition-statements.sql
--
-- It is one command, so one transaction: whatever goes wrong, the log is as it was. Nothing is stored and nothing is read while
-- it runs; tablets send again. Stop the web processes, make a backup, have twice the size of the table free, and run it as the
-- owner of the table. Rights that other roles have on the table, and its storage parameters, are not carried over: give them again.

DO $$
DECLARE
    sums CONSTANT text := 'SELECT row(count(*), sum(seq), sum(hashtextextended(id::text || payload, seq)))::text FROM ';
    before text;
    after text;
    indexes text[];
    definition text;
BEGIN
    IF (SELECT relkind FROM pg_class WHERE oid = 'assessments_statement'::regclass) = 'p' THEN
        RAISE EXCEPTION 'assessments_statement is partitioned already';
    END IF;
    SET LOCAL lock_timeout = '30s';
    LOCK TABLE assessments_statement IN ACCESS EXCLUSIVE MODE;

    -- The plain indexes, to be made again by their own names: migrations may ask for them.
    SELECT array_agg(pg_get_indexdef(indexrelid)) INTO indexes
    FROM pg_index
    WHERE indrelid = 'assessments_statement'::regclass AND NOT indisunique;

    ALTER TABLE assessments_statement RENAME TO assessments_statement_whole;
    CREATE TABLE assessments_statement (
        LIKE assessments_statement_whole INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE INCLUDING COMPRESSION
    ) PARTITION BY HASH (id);
    FOR number IN 0..15 LOOP
        EXECUTE format(
            'CREATE TABLE assessments_statement_%s PARTITION OF assessments_statement FOR VALUES WITH (MODULUS 16, REMAINDER %s)',
            to_char(number, 'FM00'), number
        );
    END LOOP;

    INSERT INTO assessments_statement SELECT * FROM assessments_statement_whole;

    -- Every row is there once, with the same payload.
    EXECUTE sums || 'assessments_statement_whole' INTO before;
    EXECUTE sums || 'assessments_statement' INTO after;
    IF before IS DISTINCT FROM after THEN
        RAISE EXCEPTION 'the copy % is not the original %', after, before;
    END IF;

    -- `seq` goes on where it was. An identity column can't stand in a partitioned table before PostgreSQL 17; a sequence that
    -- belongs to the column is the same to Django.
    CREATE SEQUENCE assessments_statement_seq_next AS bigint;
    EXECUTE format(
        'SELECT setval(''assessments_statement_seq_next'', last_value, is_called) FROM %s',
        pg_get_serial_sequence('assessments_statement_whole', 'seq')
    );

    -- Fails when a view or a foreign key of somebody else hangs on it.
    DROP TABLE assessments_statement_whole;

    ALTER SEQUENCE assessments_statement_seq_next RENAME TO assessments_statement_seq_seq;
    ALTER SEQUENCE assessments_statement_seq_seq OWNED BY assessments_statement.seq;
    ALTER TABLE assessments_statement ALTER COLUMN seq SET DEFAULT nextval('assessments_statement_seq_seq');

    -- A unique key must contain what the table is partitioned by, so `id` can be unique over all of it and `seq` can't. That it
    -- is unique all the same is the work of the sequence: nobody but the sequence gives a `seq`.
    ALTER TABLE assessments_statement ADD CONSTRAINT assessments_statement_id_key UNIQUE (id);
    CREATE INDEX assessments_statement_seq ON assessments_statement (seq);
    FOREACH definition IN ARRAY indexes LOOP
        EXECUTE definition;
    END LOOP;

    ANALYZE assessments_statement;
END
$$;
