package dev.keyhole.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What one run of {@code ssh} has said so far. Thread-safe: one thread hears its lines, others wait for what they mean.
 * The lock is a leaf; remarks are passed on outside of it.
 */
final class Conversation {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition heard = lock.newCondition();
    private final Consumer<String> remarks;

    private final Set<Integer> listening = new HashSet<>();
    private final Map<Integer, Integer> portOfChannel = new HashMap<>();
    private final Map<Integer, Integer> asked = new HashMap<>();
    private final Map<Integer, ForwardRefusal> refusals = new HashMap<>();
    private Optional<String> hostKey = Optional.empty();
    private Optional<SshSays.OffendingKey> offendingKey = Optional.empty();
    private Optional<String> lastKeyOffered = Optional.empty();
    private Optional<SshSays> lastWord = Optional.empty();
    private Optional<String> lastRemark = Optional.empty();
    private Optional<String> news = Optional.empty();
    private int askedLast;
    private boolean loggedIn;
    private boolean hostKeyChanged;
    private boolean ended;

    Conversation(Consumer<String> remarks) {
        this.remarks = remarks;
    }

    void hear(String line) {
        SshSays said = SshLine.read(line);
        boolean tell;
        lock.lock();
        try {
            note(said);
            tell = !hostKeyChanged;
            heard.signalAll();
        } finally {
            lock.unlock();
        }
        if (tell && said instanceof SshSays.Remark(String text)) {
            remarks.accept(text);
        }
    }

    private void note(SshSays said) {
        switch (said) {
            case SshSays.HostKeyOffered(String fingerprint) -> hostKey = Optional.of(fingerprint);
            case SshSays.HostKeyChanged() -> {
                hostKeyChanged = true;
                lastWord = Optional.of(said);
            }
            case SshSays.OffendingKey offending -> offendingKey = Optional.of(offending);
            case SshSays.KeyOffered(String key) -> lastKeyOffered = Optional.of(key);
            case SshSays.LoggedIn() -> loggedIn = true;
            case SshSays.Listening(String address, int port) -> {
                if (address.equals("127.0.0.1")) {
                    listening.add(port);
                }
            }
            case SshSays.ForwardAsked(int port) -> {
                askedLast = port;
                asked.merge(port, 1, Integer::sum);
            }
            case SshSays.ChannelOpening(int channel) -> portOfChannel.put(channel, askedLast);
            case SshSays.ChannelRefused(int channel, ForwardRefusal refusal) ->
                    refusals.put(portOfChannel.getOrDefault(channel, askedLast), refusal);
            case SshSays.HostKeyUnknown _,
                    SshSays.LoginRefused _,
                    SshSays.PortTaken _,
                    SshSays.Disconnected _ ->
                    lastWord = Optional.of(said);
            // What ssh says of a broken connection adds nothing to a reason that came before it.
            case SshSays.HostKeyRefused _, SshSays.Unreachable _ ->
                    lastWord = Optional.of(lastWord.orElse(said));
            case SshSays.Remark(String text) -> lastRemark = Optional.of(text);
            case SshSays.News(String text) -> news = Optional.of(text);
            case SshSays.Detail() -> {}
        }
    }

    void end() {
        locked(() -> ended = true);
        wake();
    }

    /** Lets those who wait look at their condition again. */
    void wake() {
        lock.lock();
        try {
            heard.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the condition holds or the time is over, and says whether it holds. */
    boolean await(Duration most, BooleanSupplier condition) throws InterruptedException {
        long left = most.toNanos();
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = heard.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean hasEnded() {
        return locked(() -> ended);
    }

    boolean isLoggedIn() {
        return locked(() -> loggedIn);
    }

    boolean isListeningOn(Iterable<Forward> forwards) {
        return locked(() -> {
            for (Forward forward : forwards) {
                if (!listening.contains(forward.local())) {
                    return false;
                }
            }
            return true;
        });
    }

    /** How many connections {@code ssh} itself has taken on this local port. */
    int connectionsTo(int port) {
        return locked(() -> asked.getOrDefault(port, 0));
    }

    /** The refusal that the last forward on this port met, handed out once. */
    Optional<ForwardRefusal> takeRefusal(int port) {
        return locked(() -> Optional.ofNullable(refusals.remove(port)));
    }

    Optional<String> hostKey() {
        return locked(() -> hostKey);
    }

    Optional<SshSays.OffendingKey> offendingKey() {
        return locked(() -> offendingKey);
    }

    Optional<String> lastKeyOffered() {
        return locked(() -> lastKeyOffered);
    }

    /** What {@code ssh} gave as its reason to stop. */
    Optional<SshSays> lastWord() {
        return locked(() -> lastWord);
    }

    Optional<String> lastRemark() {
        return locked(() -> lastRemark);
    }

    /** What the door said last about a start that is waited for. */
    Optional<String> news() {
        return locked(() -> news);
    }

    OptionalInt takenPort() {
        return lastWord().orElse(new SshSays.Detail()) instanceof SshSays.PortTaken(int port)
                ? OptionalInt.of(port)
                : OptionalInt.empty();
    }

    private <T> T locked(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }
}
