using Aspire.Hosting;

namespace LocalAspire.Tools;

/// <summary>Something this machine has to supply is missing. The message is one line: what is missing, and the command that brings it.</summary>
internal sealed class MissingToolException(string message, Exception? cause = null) : DistributedApplicationException(message, cause!);
