using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace Support.Tests.TryIt;

/// <summary>The try-it page in a browser window, driven as a visitor drives it.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _errors = new();

    public Window(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => _errors.Enqueue(error);
    }

    public IPage Page { get; }

    public ILocator Customer => Page.Locator("#pane-customer");

    public ILocator Admins => Page.Locator("#pane-admins");

    public ILocator Editor => Page.Locator("#pane-editor");

    /// <summary>Opens the reasons of the one answer in the customer's chat.</summary>
    public ILocator Why => Customer.Locator("details.why > summary");

    /// <summary>Types into a chat's box and presses Enter.</summary>
    public static async Task WriteAsync(ILocator pane, string text)
    {
        var box = pane.GetByRole(AriaRole.Textbox);
        await box.ClickAsync();
        await box.PressSequentiallyAsync(text);
        await box.PressAsync("Enter");
    }

    public static ILocator Message(ILocator pane, string text) => pane.Locator(".message", new LocatorLocatorOptions { HasText = text }).Last;

    public static Task SeesAsync(ILocator pane, string text) => Assertions.Expect(Message(pane, text)).ToBeVisibleAsync();

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        Assert.Empty(_errors);
    }
}
