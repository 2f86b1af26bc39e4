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
        var before = await ProcessIdAsync();
        var arguments = new InteractionInputCollection([new() { Name = "setting", InputType = InputType.Choice, Value = setting }]);
        var result = await shop.App.ResourceCommands.ExecuteCommandAsync("payments", "choose-setting", arguments, Cancellation);
        Assert.True(result.Success, result.Message);
        // Until the new process answers, the state that the orchestrator shows may be that of the old one.
        await Eventually.ReadAsync(ProcessIdAsync, process => process is not null && process != before, "the new process");
        await shop.App.WaitForHealthyAsync("payments");
    }

    private async Task<(bool IsServer, int? ProcessId)> ReadAsync()
    {
        using var lab = await shop.LabAsync("payments");
        var settings = await lab.GetFromJsonAsync<JsonElement>("/lab/settings", Cancellation);
        return (settings.GetProperty("collector").GetProperty("ServerGC").GetBoolean(), await ProcessIdAsync());
    }

    /// <summary>Null while the service does not answer.</summary>
    private async Task<int?> ProcessIdAsync()
    {
        using var lab = await shop.LabAsync("payments");
        try
        {
            return (await lab.GetFromJsonAsync<JsonElement>("/lab/process", Cancellation)).GetProperty("processId").GetInt32();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
