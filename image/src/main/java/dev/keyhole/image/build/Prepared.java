package dev.keyhole.image.build;

import dev.keyhole.image.ImageFailure;
import dev.keyhole.image.base.BaseImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that goes onto a base, before anything is written anywhere.
 *
 * @param layers by name, lowest first: what changes seldom lies below
 */
record Prepared(
        BaseImage base,
        People people,
        Recipe recipe,
        Map<String, List<Placed>> layers,
        List<String> warnings) {
    static final String JAVA = "java";
    static final String DOOR = "keyhole";
    static final String PEOPLE = "users";
    static final String DEFUSED = "defused";

    /**
     * Checks that base and kit fit, and finds every file.
     *
     * @param drafts an empty directory for files that are made for the image; it must stay until the image is made
     * @throws ImageFailure (1) with the reason when they do not fit
     */
    static Prepared of(BaseImage base, Kit kit, Path drafts, BuildListener listener)
            throws ImageFailure, IOException {
        listener.step("linking a small Java");
        JavaRuntime java = JavaRuntime.of(kit.java(), kit.access().cache().root());
        List<String> warnings = Suitable.check(base, java);
        warnings.forEach(listener::warning);
        InitProgram init = InitProgram.find(kit.init(), base.architecture());
        Program program = Program.of(kit.classPath());
        People people = People.of(base.contents());
        Map<String, List<Placed>> layers = new LinkedHashMap<>();
        layers.put(JAVA, ProgramFiles.java(java));
        layers.put(DOOR, ProgramFiles.door(program, init, drafts));
        layers.put(PEOPLE, people.files(drafts));
        layers.put(DEFUSED, Defused.of(base.contents(), drafts));
        return new Prepared(base, people, Recipe.of(base, people, kit.version()), layers, warnings);
    }
}
