package dev.keyhole.system.job;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Debian's Chromium, without a screen, driven by Playwright. Not thread-safe. */
final class Chromium implements AutoCloseable {
    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                                        .setArgs(
                                                List.of(
                                                        "--no-sandbox",
                                                        "--disable-dev-shm-usage")));
    }

    /** A new, empty profile with a window of the size that the README shows. */
    Page page() {
        Page page =
                browser.newContext(new Browser.NewContextOptions().setViewportSize(1280, 800))
                        .newPage();
        page.setDefaultTimeout(120_000);
        return page;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
