-- Who is kept out over a restart of the door, and from where people have logged in lately.

CREATE TABLE bans (
    incident         VARCHAR(9) NOT NULL PRIMARY KEY,
    network          VARCHAR(64) NOT NULL UNIQUE,
    origin           VARCHAR(16) NOT NULL CHECK (origin IN ('door', 'operator')),
    placer           VARCHAR(64) NOT NULL,
    reason           VARCHAR(1000) NOT NULL,
    level            INTEGER NOT NULL,
    since            VARCHAR(32) NOT NULL,
    until            VARCHAR(32)
);

-- Seconds since 1970, because they are compared.
CREATE TABLE friendly_sources (
    source           VARCHAR(64) NOT NULL PRIMARY KEY,
    last_login       BIGINT NOT NULL
);

CREATE INDEX friendly_sources_by_login ON friendly_sources (last_login);
