-- Who is known. Plain SQL, so that another database can hold it too: times are text in ISO 8601 with Z, yes and no are 1 and 0.

CREATE TABLE principals (
    name             VARCHAR(24) NOT NULL PRIMARY KEY,
    role             VARCHAR(16) NOT NULL CHECK (role IN ('member', 'admin')),
    shell            SMALLINT NOT NULL CHECK (shell IN (0, 1)),
    os_user          VARCHAR(32),
    expires          VARCHAR(32),
    locked_since     VARCHAR(32),
    lock_reason      VARCHAR(1000),
    sessions         INTEGER,
    forwards         INTEGER,
    bytes_per_second BIGINT,
    workspaces       INTEGER,
    memory_bytes     BIGINT,
    cpus             VARCHAR(32),
    pids             INTEGER,
    gpus             VARCHAR(200),
    origin           VARCHAR(16) NOT NULL CHECK (origin IN ('config', 'store')),
    added            VARCHAR(32) NOT NULL,
    CHECK ((locked_since IS NULL) = (lock_reason IS NULL))
);

-- The line is kept whole, as in authorized_keys: its options are read again at each start.
CREATE TABLE enrolled_keys (
    fingerprint      VARCHAR(60) NOT NULL PRIMARY KEY,
    owner            VARCHAR(24) NOT NULL REFERENCES principals (name) ON DELETE CASCADE,
    line             VARCHAR(16384) NOT NULL,
    services         VARCHAR(2000),
    added            VARCHAR(32) NOT NULL
);

CREATE INDEX enrolled_keys_by_owner ON enrolled_keys (owner);

CREATE TABLE authorities (
    name             VARCHAR(24) NOT NULL PRIMARY KEY,
    fingerprint      VARCHAR(60) NOT NULL UNIQUE,
    line             VARCHAR(16384) NOT NULL,
    added            VARCHAR(32) NOT NULL
);

CREATE TABLE revoked_certificates (
    authority        VARCHAR(24) NOT NULL REFERENCES authorities (name) ON DELETE CASCADE,
    serial           VARCHAR(20),
    key_id           VARCHAR(1000),
    reason           VARCHAR(1000) NOT NULL,
    since            VARCHAR(32) NOT NULL,
    CHECK ((serial IS NULL) <> (key_id IS NULL))
);

CREATE TABLE shared_services (
    name             VARCHAR(32) NOT NULL PRIMARY KEY,
    asked            VARCHAR(1000) NOT NULL,
    address          VARCHAR(64),
    port             INTEGER,
    socket           VARCHAR(107),
    added            VARCHAR(32) NOT NULL,
    CHECK ((address IS NULL) = (port IS NULL)),
    CHECK ((address IS NULL) <> (socket IS NULL))
);

CREATE TABLE service_grants (
    service          VARCHAR(32) NOT NULL REFERENCES shared_services (name) ON DELETE CASCADE,
    grantee          VARCHAR(24) NOT NULL REFERENCES principals (name) ON DELETE CASCADE,
    PRIMARY KEY (service, grantee)
);
