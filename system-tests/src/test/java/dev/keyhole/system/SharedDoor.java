package dev.keyhole.system;

import java.lang.reflect.Type;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Lends one door to all tests that do it no harm: {@code @ExtendWith(SharedDoor.class)} and a parameter of type {@link
 * Door}. It starts with the first of them and stops after the last test of the run.
 */
public final class SharedDoor implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(SharedDoor.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Type type = parameter.getParameter().getType();
        return type.equals(Door.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return in(context);
    }

    /** The shared door of this run. The store closes it. */
    static Door in(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("door", name -> Door.up(), Door.class);
    }

    /** What belongs to the shared door, if it runs, is no leak of a test. */
    static boolean owns(ExtensionContext context, ProcessHandle process) {
        Door door = context.getRoot().getStore(NAMESPACE).get("door", Door.class);
        for (ProcessHandle one = process;
                door != null && one != null;
                one = one.parent().orElse(null)) {
            if (one.pid() == door.upPid()) {
                return true;
            }
        }
        return false;
    }
}
