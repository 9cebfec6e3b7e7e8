package org.apache.sshd.sftp.server;

/** Stands in for the real one, whose jar is banned here, so that a violator can name it. */
public final class SftpSubsystemFactory {}
