namespace Shop.ServiceDefaults.Cases;

/// <summary>One row of a matrix of runtime settings.</summary>
public sealed record SettingEnvironment
{
    /// <summary>Creates a row.</summary>
    /// <param name="name">Its name in the report and the dashboard: letters, digits and hyphens.</param>
    /// <param name="variables">The environment variables that the service starts with, e.g. <c>DOTNET_gcServer</c>.</param>
    public SettingEnvironment(string name, params (string Name, string Value)[] variables)
    {
        Name = name;
        Variables = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The environment variables.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }
}
