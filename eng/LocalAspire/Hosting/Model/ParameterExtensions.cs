using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Adds parameters. The configured value <c>Parameters:name</c> comes before any default.</summary>
public static class ParameterResourceBuilderExtensions
{
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false)
        => builder.AddResource(Create(builder, name, secret, null));

    /// <summary>A parameter with a default. <paramref name="persist"/> has no effect here: a generated value lasts for the run.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false)
        => builder.AddResource(Create(builder, name, secret, value));

    public static ParameterResource CreateDefaultPasswordParameter(IDistributedApplicationBuilder builder, string name, bool special = true)
        => Create(builder, name, secret: true, new GenerateParameterDefault { MinLength = 22, Special = special });

    private static ParameterResource Create(IDistributedApplicationBuilder builder, string name, bool secret, ParameterDefault? value)
        => new(name, fallback => builder.Configuration[$"Parameters:{name}"] ?? fallback?.GetDefaultValue() ?? throw new DistributedApplicationException(
            $"Parameter '{name}' has no value. Give one: dotnet run --project AppHost -- --Parameters:{name}=<value>, or the environment variable Parameters__{name}."), secret) { Default = value };
}
