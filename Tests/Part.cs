namespace Shop.Tests;

/// <summary>The parts of the suite. Each test class belongs to one: <c>dotnet test --filter Part=Quick</c>.</summary>
public enum Part
{
    /// <summary>Tests in the test process; no servers.</summary>
    Quick,
    /// <summary>Tests of the running Shop and of its AppHost.</summary>
    Shop,
    /// <summary>Servers and services that stop, hang or are killed.</summary>
    Faults,
    /// <summary>The proof and the diagnosis. Nothing runs beside those that measure.</summary>
    Proofs,
}
