namespace Aspire.Hosting.ApplicationModel
{
    public class ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : Resource(name), IValueProvider
    {
        private string? _value;

        public ParameterDefault? Default { get; set; }
        public bool Secret { get; } = secret;

        // Two first calls at once may both generate a value: only one of them counts.
        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken)
            => new(_value ?? Interlocked.CompareExchange(ref _value, callback(Default), null) ?? _value);
    }

    public abstract class ParameterDefault
    {
        public abstract string GetDefaultValue();
    }

    /// <summary>Random characters, new ones in each run: servers take their password at start, so it is not kept in the user's secrets.</summary>
    public sealed class GenerateParameterDefault : ParameterDefault
    {
        // Without those that are easily confused or would need escaping in a connection string.
        private const string Letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ0123456789", Specials = "-_.{}~()*+!";

        public int MinLength { get; set; }
        public bool Special { get; set; } = true;

        // At least 128 bits of randomness, whatever was asked for.
        public override string GetDefaultValue() => RandomNumberGenerator.GetString(Special ? Letters + Specials : Letters, Math.Max(MinLength, 22));
    }
}

namespace Aspire.Hosting
{
    /// <summary>Adds parameters. The configured value <c>Parameters:name</c> comes before any default.</summary>
    public static class ParameterResourceBuilderExtensions
    {
        /// <summary>A parameter with a default. <paramref name="persist"/> has no effect here: a generated value lasts for the run.</summary>
        public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, ParameterDefault value,
            bool secret = false, bool persist = false) => builder.AddResource(Create(builder, name, secret, value));

        public static ParameterResource CreateDefaultPasswordParameter(IDistributedApplicationBuilder builder, string name, bool special = true)
            => Create(builder, name, secret: true, new GenerateParameterDefault { MinLength = 22, Special = special });

        private static ParameterResource Create(IDistributedApplicationBuilder builder, string name, bool secret, ParameterDefault value)
            => new(name, _ => builder.Configuration[$"Parameters:{name}"] ?? value.GetDefaultValue(), secret) { Default = value };
    }
}
