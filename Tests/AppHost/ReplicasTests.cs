using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
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

    /// <summary>Of its 100 connections, Postgres keeps 3 for its administrator.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public async Task AllReplicasTogetherOpenNoMoreConnectionsThanPostgresAccepts(int replicas)
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [$"--Shop:Replicas={replicas}"], TestContext.Current.CancellationToken);
        var pools = new List<int>();
        foreach (var service in builder.Resources.OfType<ProjectResource>())
        {
            var context = new EnvironmentCallbackContext(
                new DistributedApplicationExecutionContext(DistributedApplicationOperation.Run), service,
                cancellationToken: TestContext.Current.CancellationToken);
            foreach (var annotation in service.Annotations.OfType<EnvironmentCallbackAnnotation>())
                await annotation.Callback(context);
            pools.AddRange(context.EnvironmentVariables
                .Where(variable => variable.Key.EndsWith("-db", StringComparison.Ordinal))
                .Select(variable => int.Parse(
                    ((ReferenceExpression)variable.Value).ValueExpression.Split("Maximum Pool Size=")[1], CultureInfo.InvariantCulture)));
        }

        Assert.Equal(3, pools.Count);
        Assert.InRange(replicas * pools.Sum(), 1, 97);
    }
}
