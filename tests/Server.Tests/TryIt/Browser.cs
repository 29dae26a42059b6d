using Microsoft.Playwright;
using Xunit;

namespace Support.Tests.TryIt;

/// <summary>One Chromium for all tests of the page. A test without one is skipped.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const float Patience = 20_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Find() is not { } executable)
            return;

        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        // Playwright gives it a new profile of its own, so none is named here.
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = executable, Args = Chromium.Arguments });
    }

    /// <summary>A new window in which nothing is remembered. An error in the page's scripts fails the test that disposes it.</summary>
    public async Task<Window> OpenAsync(Uri address, int width = 1440, int height = 900)
    {
        if (_browser is null)
            Assert.Skip(Chromium.Missing);

        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        var page = await context.NewPageAsync();
        var window = new Window(page);
        await page.GotoAsync(address.ToString());
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

[CollectionDefinition(nameof(Browser))]
public sealed class BrowserCollection : ICollectionFixture<Browser>;
