using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Shop.Tests.AppHost;

namespace Shop.Tests.Payments;

/// <summary>The command that restarts Payments with other settings, on the running Shop.</summary>
[RunningShop]
public sealed class GcSettingsFlagTests(ShopFixture shop) : IAsyncLifetime
{
    private const string Default = "server";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await ChooseAsync(Default);

    [Fact]
    public async Task TheCommandRestartsTheServiceWithTheSettingsAndTheDefaultUndoesThem()
    {
        var before = await ReadAsync();
        await ChooseAsync("workstation");
        var workstation = await ReadAsync();
        await ChooseAsync(Default);
        var after = await ReadAsync();

        Assert.Equal((true, false, true), (before.IsServer, workstation.IsServer, after.IsServer));
        Assert.Equal(3, new[] { before.ProcessId, workstation.ProcessId, after.ProcessId }.Distinct().Count());
    }

    private async Task ChooseAsync(string setting)
    {
        var arguments = new InteractionInputCollection([new() { Name = "setting", InputType = InputType.Choice, Value = setting }]);
        var result = await shop.App.ResourceCommands.ExecuteCommandAsync("payments", "choose-setting", arguments, Cancellation);
        Assert.True(result.Success, result.Message);
        await shop.App.ResourceNotifications.WaitForResourceHealthyAsync("payments", Cancellation);
    }

    private async Task<(bool IsServer, int ProcessId)> ReadAsync()
    {
        using var lab = await shop.LabAsync("payments");
        var settings = await lab.GetFromJsonAsync<JsonElement>("/lab/settings", Cancellation);
        var process = await lab.GetFromJsonAsync<JsonElement>("/lab/process", Cancellation);
        return (settings.GetProperty("collector").GetProperty("ServerGC").GetBoolean(), process.GetProperty("processId").GetInt32());
    }
}
