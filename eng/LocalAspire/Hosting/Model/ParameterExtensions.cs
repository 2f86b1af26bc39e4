using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>A parameter has neither a value nor a default.</summary>
public class MissingParameterValueException(string message) : DistributedApplicationException(message);

/// <summary>Adds parameters.</summary>
public static class ParameterResourceBuilderExtensions
{
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false)
        => builder.AddResource(new ParameterResource(name, value => Configured(builder, name, value), secret));

    /// <summary>A parameter with this value, unless <c>Parameters:name</c> is configured.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false)
        => builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <summary>A parameter with the value of this function, unless <c>Parameters:name</c> is configured.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false)
        => builder.AddResource(new ParameterResource(name, _ => builder.Configuration[$"Parameters:{name}"] ?? valueGetter(), secret));

    /// <summary>A parameter with a default, unless <c>Parameters:name</c> is configured. <paramref name="persist"/> has no effect here: a generated value lasts for the run.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false)
        => builder.AddResource(new ParameterResource(name, d => Configured(builder, name, d), secret) { Default = value });

    public static IResourceBuilder<ParameterResource> WithDescription(this IResourceBuilder<ParameterResource> builder, string description, bool enableMarkdown = false)
    {
        builder.Resource.Description = description;
        return builder;
    }

    /// <summary>A generated password, unless <c>Parameters:name</c> is configured.</summary>
    public static ParameterResource CreateDefaultPasswordParameter(IDistributedApplicationBuilder builder, string name, bool lower = true, bool upper = true,
        bool numeric = true, bool special = true, int minLower = 0, int minUpper = 0, int minNumeric = 0, int minSpecial = 0)
        => new(name, d => Configured(builder, name, d), secret: true)
        {
            Default = new GenerateParameterDefault
            {
                MinLength = 22, Lower = lower, Upper = upper, Numeric = numeric, Special = special,
                MinLower = minLower, MinUpper = minUpper, MinNumeric = minNumeric, MinSpecial = minSpecial,
            },
        };

    private static string Configured(IDistributedApplicationBuilder builder, string name, ParameterDefault? fallback)
        => builder.Configuration[$"Parameters:{name}"] ?? fallback?.GetDefaultValue()
            ?? throw new MissingParameterValueException($"Parameter '{name}' has no value. Give one: dotnet run --project AppHost -- --Parameters:{name}=<value>, or the environment variable Parameters__{name}.");
}
