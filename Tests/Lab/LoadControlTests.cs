using System.Net;
using Microsoft.Extensions.Time.Testing;
using Shop.Lab.Load;
using Shop.Lab.Page.Load;

namespace Shop.Tests.Lab;

/// <summary>The switch and the rate on the page.</summary>
public sealed class LoadControlTests : IAsyncDisposable
{
    private readonly LoadSession _load = StandInShop.CreateLoad(new FakeTimeProvider(), StandInShop.RefuseVisit);

    public ValueTask DisposeAsync() => _load.DisposeAsync();

    [Fact]
    public async Task TheSwitchStartsAndStops()
    {
        var control = new LoadControl(_load);
        Assert.Equal("Start", control.Command);
        await control.ChangeRateAsync("50");
        Assert.Equal(LoadState.Off, _load.Read().State);
        await control.ToggleAsync();
        Assert.Equal(("Stop", 50), (control.Command, _load.Read().Rate));
        await control.ChangeRateAsync("60");
        Assert.Equal(60, _load.Read().Rate);
        await control.ToggleAsync();

        Assert.Equal(("Start", LoadState.Off), (control.Command, _load.Read().State));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("201")]
    [InlineData("-5")]
    [InlineData("2.5")]
    [InlineData("1,000")]
    [InlineData("fast")]
    [InlineData("")]
    [InlineData(null)]
    public async Task AnotherRateIsAnErrorAndChangesNothing(string? text)
    {
        var control = new LoadControl(_load);
        await control.ChangeRateAsync(text);
        await control.ToggleAsync();
        Assert.Equal(("The rate is a whole number from 1 to 200.", LoadState.Off), (control.Error, _load.Read().State));

        await control.ChangeRateAsync("20");
        await control.ToggleAsync();
        Assert.Null(control.Error);
        await control.ChangeRateAsync(text);
        Assert.NotNull(control.Error);
        Assert.Equal(20, _load.Read().Rate);
    }

    [Fact]
    public async Task TheRateOfAnotherTabIsShown()
    {
        var (control, other) = (new LoadControl(_load), new LoadControl(_load));
        await other.ChangeRateAsync("70");
        await other.ToggleAsync();
        control.Refresh();

        Assert.Equal(("70", "Stop"), (control.Rate, control.Command));
    }

    [Fact]
    public async Task AShopThatIsNotThereIsToldAndNotStarted()
    {
        await using var load = StandInShop.CreateLoad(new FakeTimeProvider(), StandInShop.RefuseVisit, () => HttpStatusCode.BadGateway);
        var control = new LoadControl(load);
        await control.ToggleAsync();

        Assert.StartsWith("The shop is not up", control.Error, StringComparison.Ordinal);
        Assert.Equal("Start", control.Command);
    }
}
