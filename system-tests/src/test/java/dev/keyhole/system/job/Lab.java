package dev.keyhole.system.job;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.URI;
import java.nio.file.Path;

/** JupyterLab in a browser, as far as a person needs it to run a cell. */
final class Lab {
    private final Page page;

    private Lab(Page page) {
        this.page = page;
    }

    /** Opens the address that {@code up} prints and starts a notebook from the launcher. */
    static Lab withNewNotebook(Page page, URI address) {
        // Without what an earlier browser left open.
        page.navigate(address.resolve("/lab?reset").toString());
        page.locator(".jp-LauncherCard[data-category='Notebook']").first().click();
        page.locator(".jp-Notebook .cm-content").first().waitFor();
        // A cell that is run before the kernel listens is forgotten; the status bar says when it
        // does.
        page.getByText("Python 3 (ipykernel) | Idle").first().waitFor();
        return new Lab(page);
    }

    /** Types into the last cell, runs it, and returns what it printed once that contains the mark. */
    String run(String code, String mark) {
        page.locator(".jp-Notebook .cm-content").last().click();
        page.keyboard().insertText(code);
        page.keyboard().press("Shift+Enter");
        Locator output =
                page.locator(".jp-OutputArea-output")
                        .filter(new Locator.FilterOptions().setHasText(mark));
        output.first().waitFor();
        return output.first().innerText().strip();
    }

    private static Locator.WaitForOptions hidden() {
        return new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);
    }

    void screenshot(Path file) {
        Locator news = page.locator(".Toastify__toast button:has-text('No')");
        if (news.count() > 0) {
            news.first().click(); // JupyterLab asks whether it may fetch news
            page.locator(".Toastify__toast").first().waitFor(hidden());
        }
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }
}
