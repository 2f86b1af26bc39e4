using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Running;

/// <summary>A service under proof.</summary>
internal interface IProofTarget
{
    /// <summary>The variant's name, or that of the setting that it runs with.</summary>
    string Name { get; }

    CaseVariant Variant { get; }

    IServiceProbe Probe { get; }

    /// <summary>Kills the process, which finishes nothing.</summary>
    Task KillAsync(CancellationToken cancellationToken);

    /// <summary>Starts it again after <see cref="KillAsync"/>, with the same backends, and waits until it is healthy.</summary>
    Task RestartAsync(CancellationToken cancellationToken);
}
