using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Shop.Tests.Servers;

/// <summary>What runs the servers: <c>Shop:Servers</c>, else what the machine has.</summary>
public sealed class ServerChoiceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AsContainersTheyHavePinnedTagsMountsAndHealthChecks()
    {
        var data = Path.Combine(Path.GetTempPath(), "never-made");
        await using var builder = await CreateAsync("--Shop:Servers=containers", $"--Shop:Data={data}");
        var servers = builder.Resources.OfType<ContainerResource>().ToDictionary(server => server.Name);

        Assert.Equal(["bus", "postgres", "redis"], servers.Keys.Order());
        Assert.Equal("postgres:18.4", Image(servers["postgres"]));
        Assert.Equal("redis:7.4", Image(servers["redis"]));
        Assert.Equal("rabbitmq:3.13", Image(servers["bus"]));
        Assert.All(servers.Values, server => Assert.NotEmpty(server.Annotations.OfType<HealthCheckAnnotation>()));
        Assert.All(servers.Values, server => Assert.Equal(Path.Combine(data, server.Name),
            Assert.Single(server.Annotations.OfType<ContainerMountAnnotation>()).Source));
    }

    [Fact]
    public async Task AsProcessesTheyKeepNamesHealthChecksDatabasesAndConnectionStrings()
    {
        await using var builder = await CreateAsync("--Shop:Servers=processes");

        Assert.Empty(builder.Resources.OfType<ContainerResource>());
        foreach (var name in (string[])["bus", "postgres", "redis"])
        {
            var server = Assert.Single(builder.Resources.OfType<ExecutableResource>(), server => server.Name == name);
            Assert.IsAssignableFrom<IResourceWithConnectionString>(server);
            Assert.NotEmpty(server.Annotations.OfType<HealthCheckAnnotation>());
        }
        Assert.Equal(["documents", "orders", "payments"],
            builder.Resources.OfType<PostgresDatabaseResource>().Select(database => database.DatabaseName).Order());
    }

    [Fact]
    public async Task AnotherChoiceIsAnErrorThatNamesTheValidOnes()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => CreateAsync("--Shop:Servers=pods"));

        Assert.Equal("Shop:Servers is 'pods'. It can be 'containers' or 'processes'.", exception.GetBaseException().Message);
    }

    [Fact]
    public async Task AContainerThatHasNoProcessIsNamed()
    {
        await using var builder = await CreateAsync("--Shop:Servers=processes");
        builder.AddContainer("mail", "mailpit", "v1.29");

        var exception = Assert.Throws<DistributedApplicationException>(() => builder.RunServers());
        Assert.Contains("'mail'", exception.Message, StringComparison.Ordinal);
    }

    private static string Image(ContainerResource server)
    {
        var image = server.Annotations.OfType<ContainerImageAnnotation>().Last();
        return $"{image.Image.Split('/')[^1]}:{image.Tag}";
    }

    private static Task<IDistributedApplicationTestingBuilder> CreateAsync(params string[] args)
        => DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(args, Cancellation);
}
