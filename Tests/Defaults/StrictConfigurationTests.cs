using Shop.AppHost;
using Shop.Documents;
using Shop.Gateway;
using Shop.Orders.OrderEvents;
using Shop.Payments.PaymentPayload;
using Shop.ServiceDefaults;
using Shop.Sessions;
using Shop.Tests.Lab;

namespace Shop.Tests.Defaults;

/// <summary>A program with invalid configuration prints one line and returns an exit code.</summary>
public sealed class StrictConfigurationTests
{
    private const string Format = "must have the format hh:mm:ss";

    public static TheoryData<Type, string, string> Settings() => new()
    {
        { typeof(CaseCommands), "--Shop:CollectEvery=10", Format },
        { typeof(CaseCommands), "--Shop:CollectEvery=abc", Format },
        { typeof(CaseCommands), "--Shop:Servers=nonsense", "'containers' or 'processes'" },
        { typeof(SessionsOptions), "--Sessions:IdleTimeout=10", Format },
        { typeof(SessionsOptions), "--Sessions:IdleTimeout=24:00:01", "between 00:00:01 and 1.00:00:00" },
        { typeof(SessionsOptions), "--Sessions:MaxSockets=1,000", "'1,000'" },
        { typeof(SessionsOptions), "--Lab:CollectEvery=abc", Format },
        { typeof(SessionsOptions), "--Admission:Concurrent=0", "between 1 and 10000" },
        { typeof(IPaymentPayload), "--Admission:MaxWait=1", Format },
        { typeof(Uploads), "--Admission:Places=64", "'Places'" },
        { typeof(IOrderEvents), "--Outbox:PollInterval=00:00:00", "between 00:00:00.0100000 and 00:01:00" },
        { typeof(IOrderEvents), "--Lab:CollectEvery=10", Format },
        { typeof(IOrderEvents), "--Cases:OrderEvents:FuseItems=1,000", "'1,000'" },
        { typeof(IOrderEvents), "--Cases:OrderEvents:Capacity=ten", "'ten'" },
        { typeof(IPaymentPayload), "--Lab:CollectEvery=10", Format },
        { typeof(Uploads), "--Lab:CollectEvery=10", Format },
        { typeof(Uploads), "--Thumbnails:DiskBytes=1", "between 4194304 and 1099511627776" },
        { typeof(GatewayOptions), "--Gateway:MeanLatency=1", Format },
        { typeof(GatewayOptions), "--Memory:Enabled=maybe", "'maybe'" },
        { typeof(GatewayOptions), "--Memory:Enable=false", "'Enable'" },
        { typeof(GatewayOptions), "--Gateway:DeclineRate=0,5", "'0,5'" },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task AnInvalidSettingIsOneLineThatNamesIt(Type program, string setting, string reason)
    {
        // Without the bus a service fails before it reads the last of its settings.
        await using var process = LabProcess.Start(program, [setting, "--ConnectionStrings:bus=amqp://127.0.0.1:1"]);
        var (exitCode, output, error) = await process.EndAsync();

        Assert.Equal((StrictConfiguration.ExitCode, ""), (exitCode, output));
        Assert.Matches(@"\A[^\n]+\n\z", error);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }
}
