/**
 * Starts a principal's services as processes of this machine, finds them again after a restart, and ends them.
 *
 * <p>{@link dev.keyhole.gateway.launch.process.ProcessLauncher} lists the steps of a start and a stop in order. What
 * must be true of every service that it starts:
 *
 * <ul>
 *   <li>it outlives the launcher: own process session, output to a file, nothing inherited but three streams
 *   <li>it is found again: a record with a random start id is on disk before the process exists, and the id is in the
 *       process's environment
 *   <li>it is never root: started by root it becomes {@code keyhole-NAME}; with no-new-privileges in any case
 *   <li>it listens on a unix socket and on nothing else
 *   <li>started by root it is inside the walls of its workspace, {@link
 *       dev.keyhole.gateway.launch.process.Confinement}: mount, IPC and network namespace, control group
 * </ul>
 *
 * <p>{@link dev.keyhole.gateway.launch.process.JupyterEnvironment} finds or makes the Python that runs it. Linux only:
 * it reads {@code /proc} and uses {@code setsid}, {@code setpriv}, {@code unshare} and {@code nsenter} of util-linux,
 * {@code ip} and {@code nft}. Imports {@code workspace}, {@code
 * config}, {@code model}.
 */
@NullMarked
package dev.keyhole.gateway.launch.process;

import org.jspecify.annotations.NullMarked;
