package dev.keyhole.gateway.launch.process;

import java.nio.file.Path;

/**
 * Where and for whom something is installed.
 *
 * @param home the workspace's home
 * @param environment the workspace's own Python environment
 * @param log what installers write is appended here
 */
record InstallPlace(OsUser user, Path home, Path environment, Path log) {}
