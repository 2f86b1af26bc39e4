namespace Shop.ServiceDefaults.Cases;

/// <summary>One row of a matrix of runtime settings.</summary>
/// <param name="Name">Its name in the report: letters, digits and hyphens.</param>
/// <param name="Variables">The environment variables that the service starts with, e.g. <c>DOTNET_gcServer</c>.</param>
public sealed record SettingEnvironment(string Name, IReadOnlyDictionary<string, string> Variables);
