namespace Aspire.Hosting;

/// <summary>Adds parameters. The configured value <c>Parameters:name</c> comes before any default.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>A parameter with a default. <paramref name="persist"/> has no effect here: a generated value lasts for the run.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, ParameterDefault value,
        bool secret = false, bool persist = false) => builder.AddResource(Create(builder, name, secret, value));

    internal static ParameterResource CreateDefaultPasswordParameter(IDistributedApplicationBuilder builder, string name, bool special = true)
        => Create(builder, name, secret: true, new GenerateParameterDefault { MinLength = 22, Special = special });

    private static ParameterResource Create(IDistributedApplicationBuilder builder, string name, bool secret, ParameterDefault value)
        => new(name, _ => builder.Configuration[$"Parameters:{name}"] ?? value.GetDefaultValue(), secret) { Default = value };
}
