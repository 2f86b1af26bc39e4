namespace Shop.Lab.Proof.Running;

/// <summary>The environment variables of a service under proof, named as Aspire names them.</summary>
internal static class ServiceEnvironment
{
    /// <summary>All that any service of the shop reads; a service ignores what it does not use.</summary>
    public static Dictionary<string, string> Of(IsolatedBackends own, IReadOnlyDictionary<string, Uri> neighbours)
    {
        var environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__orders-db"] = own.Database,
            ["ConnectionStrings__payments-db"] = own.Database,
            ["ConnectionStrings__documents-db"] = own.Database,
            ["ConnectionStrings__redis"] = own.Redis,
            ["ConnectionStrings__bus"] = own.Broker.Address.AbsoluteUri,
            // The instrumentation of Redis retains each command until its next flush, for up to 10 s: megabytes under a proof's load.
            ["Aspire__StackExchange__Redis__DisableTracing"] = "true",
            // Nobody reads the spans, whose CPU time doubled that of a proof.
            ["OTEL_TRACES_SAMPLER"] = "always_off",
        };
        foreach (var (name, address) in neighbours)
            environment[$"services__{name}__http__0"] = address.AbsoluteUri;
        return environment;
    }
}
