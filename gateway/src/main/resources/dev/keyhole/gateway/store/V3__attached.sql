-- SSH hosts that operators made somebody's workspace. The private key of each is a file beside this one.

CREATE TABLE attached_hosts (
    principal        VARCHAR(24) NOT NULL PRIMARY KEY,
    host             VARCHAR(253) NOT NULL,
    port             INTEGER NOT NULL,
    login            VARCHAR(64) NOT NULL,
    host_key         VARCHAR(16000) NOT NULL,
    since            VARCHAR(32) NOT NULL
);

CREATE TABLE attached_services (
    principal        VARCHAR(24) NOT NULL REFERENCES attached_hosts (principal) ON DELETE CASCADE,
    service          VARCHAR(32) NOT NULL,
    port             INTEGER NOT NULL,
    PRIMARY KEY (principal, service)
);
