using System.Text.Json.Serialization;

namespace LocalAspire.Dcp;

/// <summary>A process as an object of the orchestrator: what is wanted of it, and how it is.</summary>
internal sealed record Executable(DcpMetadata Metadata, ExecutableSpec Spec, ExecutableStatus? Status = null, string Kind = "Executable", string ApiVersion = DcpJson.ApiVersion);
internal sealed record DcpMetadata(string Name, IReadOnlyDictionary<string, string>? Annotations = null);
internal sealed record ExecutableSpec(string ExecutablePath, string WorkingDirectory, IReadOnlyList<string> Args, IReadOnlyList<EnvVar> Env, AmbientEnvironment AmbientEnvironment);
internal sealed record AmbientEnvironment(string Behavior);
internal sealed record EnvVar(string Name, string? Value);
internal sealed record ExecutableStatus(string? State, int? Pid, int? ExitCode, DateTime? StartupTimestamp, DateTime? FinishTimestamp, IReadOnlyList<EnvVar>? EffectiveEnv);
internal sealed record ExecutableChange(string Type, Executable Object);
/// <summary>An address that stays while the processes behind it come and go.</summary>
internal sealed record Service(DcpMetadata Metadata, ServiceSpec? Spec, ServiceStatus? Status = null, string Kind = "Service", string ApiVersion = DcpJson.ApiVersion);
internal sealed record ServiceSpec(int Port, string Protocol = "TCP", string AddressAllocationMode = "Localhost");
internal sealed record ServiceStatus(int? EffectivePort);
/// <summary>Which process answers for a service; an annotation of executables.</summary>
internal sealed record ServiceProducer(string ServiceName, int Port, string Address = "127.0.0.1");

internal static class DcpJson
{
    public const string ApiVersion = "usvc-dev.developer.microsoft.com/v1";
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
}
