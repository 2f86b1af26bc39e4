using System.Text.Json;
using System.Text.Json.Serialization;

namespace LocalAspire.Dcp;

/// <summary>An object of the orchestrator: what is wanted of it, and how it is.</summary>
internal sealed record DcpObject<TSpec, TStatus>(string Kind, DcpMetadata Metadata, TSpec Spec, TStatus? Status = null,
    string ApiVersion = "usvc-dev.developer.microsoft.com/v1") where TStatus : class;

internal sealed record DcpMetadata(string Name, IReadOnlyDictionary<string, string>? Annotations = null);

/// <summary>An address that stays while the processes behind it come and go.</summary>
internal sealed record ServiceSpec(string Protocol, string AddressAllocationMode, int? Port = null);

internal sealed record ServiceStatus(string? State, string? EffectiveAddress, int? EffectivePort);

/// <summary>A process.</summary>
internal sealed record ExecutableSpec(string ExecutablePath, string WorkingDirectory, IReadOnlyList<string> Args, IReadOnlyList<EnvVar> Env,
    AmbientEnvironment AmbientEnvironment, string ExecutionType = "Process");

internal sealed record AmbientEnvironment(string Behavior);

internal sealed record EnvVar(string Name, string? Value);

internal sealed record ExecutableStatus(string? State, int? Pid, int? ExitCode, DateTime? StartupTimestamp, DateTime? FinishTimestamp, IReadOnlyList<EnvVar>? EffectiveEnv);

internal sealed record WatchEvent<TSpec, TStatus>(string Type, DcpObject<TSpec, TStatus> Object) where TStatus : class;

/// <summary>Which process answers for a service; an annotation of executables.</summary>
internal sealed record ServiceProducer(string ServiceName, string Address, int? Port);

internal static class DcpJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
}
