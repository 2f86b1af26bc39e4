using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace Shop.Tests.AppHost;

/// <summary>The number of processes of each service.</summary>
public sealed class ReplicasTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("9")]
    [InlineData("two")]
    public async Task AnotherNumberIsRefused(string replicas)
    {
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
                [$"--Shop:Replicas={replicas}"], TestContext.Current.CancellationToken));

        Assert.Equal($"Shop:Replicas is '{replicas}'. It can be a number from 1 to 8.", refusal.Message);
    }
}
