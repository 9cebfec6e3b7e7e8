package dev.keyhole.gateway.store;

import dev.keyhole.gateway.access.Authority;
import dev.keyhole.gateway.access.EnrolledKey;
import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.Roster;
import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.access.RosterProblem;
import dev.keyhole.gateway.access.RosterStore;
import dev.keyhole.gateway.access.StoreUnavailable;
import dev.keyhole.gateway.ban.BanStore;
import dev.keyhole.gateway.workspace.AttachmentStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The store of one door: a SQLite file, written through one connection on one platform thread (its native code would
 * pin a virtual one). Thread-safe.
 */
public final class SqliteStore implements RosterStore, Closeable {
    private static final int ANSWER_SECONDS = 2;

    private final ExecutorService thread;
    private final Handle handle; // on that thread only
    private final Path copy; // for moments, on that thread only
    private final KeyRules rules;

    private SqliteStore(ExecutorService thread, Handle handle, Path copy, KeyRules rules) {
        this.thread = thread;
        this.handle = handle;
        this.copy = copy;
        this.rules = rules;
    }

    /**
     * Opens the store, or makes it when there is none, and brings its tables to this release.
     *
     * @param file a directory that is ours alone holds it
     * @param rules which of the kept keys still count
     * @throws IOException with a message for the operator: open to others, damaged, or of a later release
     */
    public static SqliteStore open(Path file, KeyRules rules) throws IOException {
        DatabaseFile database = new DatabaseFile(file);
        NativeLibrary.keepIn(database.directory().resolve("native"));
        database.prepare();
        Migrations.apply(database.source(), file.toString());
        ExecutorService thread =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("store").daemon().factory());
        try {
            Handle handle = thread.submit(() -> Jdbi.create(database.source()).open()).get();
            return new SqliteStore(
                    thread, handle, file.resolveSibling(file.getFileName() + ".copy"), rules);
        } catch (ExecutionException e) {
            thread.shutdown();
            throw new IOException("The store " + file + " cannot be opened: " + reason(e), e);
        } catch (InterruptedException e) {
            thread.shutdown();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the store was opened", e);
        }
    }

    @Override
    public Roster load() throws StoreUnavailable {
        return onThread("read", () -> handle.inTransaction(transaction -> read(transaction)));
    }

    private Roster read(Handle transaction) throws RosterProblem {
        List<RosterChange> all = new ArrayList<>();
        for (Principal principal : new PrincipalTable(transaction).all()) {
            all.add(new RosterChange.AddPrincipal(principal));
        }
        for (Authority authority : new AuthorityTable(transaction, rules).all()) {
            all.add(new RosterChange.AddAuthority(authority));
        }
        for (EnrolledKey key : new KeyTable(transaction, rules).all()) {
            all.add(new RosterChange.AddKey(key));
        }
        new RevokedTable(transaction)
                .all()
                .forEach(certificate -> all.add(new RosterChange.RevokeCertificate(certificate)));
        new ServiceTable(transaction)
                .all()
                .forEach(service -> all.add(new RosterChange.AddService(service)));
        return Roster.EMPTY.with(all);
    }

    @Override
    public void apply(List<RosterChange> changes) throws StoreUnavailable {
        if (changes.isEmpty()) {
            return;
        }
        onThread(
                "written",
                () -> {
                    handle.useTransaction(transaction -> {
                        for (RosterChange change : changes) {
                            write(transaction, change);
                        }
                    });
                    return changes.size();
                });
    }

    private void write(Handle transaction, RosterChange change) {
        switch (change) {
            case RosterChange.AddPrincipal(var principal) ->
                    new PrincipalTable(transaction).insert(principal);
            case RosterChange.ReplacePrincipal(var principal) ->
                    new PrincipalTable(transaction).update(principal);
            case RosterChange.RemovePrincipal(var name) ->
                    new PrincipalTable(transaction).delete(name);
            case RosterChange.AddKey(var key) -> new KeyTable(transaction, rules).insert(key);
            case RosterChange.RemoveKey(var key) -> new KeyTable(transaction, rules).delete(key);
            case RosterChange.AddAuthority(var authority) ->
                    new AuthorityTable(transaction, rules).insert(authority);
            case RosterChange.RemoveAuthority(var name) ->
                    new AuthorityTable(transaction, rules).delete(name);
            case RosterChange.RevokeCertificate(var certificate) ->
                    new RevokedTable(transaction).insert(certificate);
            case RosterChange.AddService(var service) ->
                    new ServiceTable(transaction).insert(service);
            case RosterChange.RemoveService(var name) -> new ServiceTable(transaction).delete(name);
            case RosterChange.GrantService(var service, var grantee) ->
                    new ServiceTable(transaction).grant(service, grantee);
            case RosterChange.WithdrawService(var service, var grantee) ->
                    new ServiceTable(transaction).withdraw(service, grantee);
        }
    }

    /**
     * A whole copy of what is kept now, as one file's bytes. The door goes on meanwhile.
     *
     * @return to be closed; the file behind it has no name any more
     */
    public InputStream copy() throws StoreUnavailable {
        return onThread(
                "copied",
                () -> {
                    Files.deleteIfExists(copy); // a killed door may have left one
                    handle.execute("VACUUM INTO ?", copy.toString());
                    return Files.newInputStream(copy, StandardOpenOption.DELETE_ON_CLOSE);
                });
    }

    /** Why nothing can be kept now; empty while something can. Waits two seconds at most, for the disk and for others. */
    public Optional<String> trouble() {
        Future<?> asked =
                thread.submit(() -> {
                    handle.execute("BEGIN IMMEDIATE");
                    handle.execute("ROLLBACK");
                });
        try {
            asked.get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(reason(e));
        } catch (TimeoutException e) {
            asked.cancel(false);
            return Optional.of("no answer within " + ANSWER_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted while it was asked");
        }
    }

    /** The part of it that keeps bans and friends. */
    public BanStore bans() {
        return new KeptBans(this);
    }

    /** The part of it that keeps attached hosts. */
    public AttachmentStore attachments() {
        return new KeptAttachments(this);
    }

    /** One transaction on the store's thread. */
    <T> T inTransaction(String what, HandleCallback<T, RuntimeException> work)
            throws StoreUnavailable {
        return onThread(what, () -> handle.inTransaction(work));
    }

    private <T> T onThread(String what, Callable<T> work) throws StoreUnavailable {
        try {
            return thread.submit(work).get();
        } catch (ExecutionException e) {
            throw new StoreUnavailable("The store cannot be " + what + ": " + reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("Interrupted while the store was asked", e);
        }
    }

    private static String reason(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        Throwable told =
                cause instanceof JdbiException && cause.getCause() != null
                        ? cause.getCause()
                        : cause;
        return String.valueOf(told.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public void close() throws IOException {
        thread.submit(handle::close);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IOException("The store did not close within 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
