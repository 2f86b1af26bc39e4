namespace Shop.AppHost;

/// <summary>The settings that a service can be started with, as the running service names them, and the chosen one.</summary>
internal sealed class SettingChoices(LabReader lab)
{
    private const string Name = "setting";
    private SettingChoice[] _known = [];
    private SettingChoice? _chosen;

    /// <summary>The environment variables of the chosen settings; none before the first choice.</summary>
    public IReadOnlyDictionary<string, string> ChosenVariables => _chosen?.Variables ?? [];

    public InteractionInput Input() => new()
    {
        Name = Name,
        Label = "Settings",
        InputType = InputType.Choice,
        Required = true,
        DynamicLoading = new InputLoadOptions
        {
            LoadCallback = async context =>
            {
                _known = await ReadAsync(context.CancellationToken);
                context.Input.Options = [.. _known.Select(choice => KeyValuePair.Create(choice.Name, choice.Name))];
            },
        },
    };

    public void Choose(InteractionInputCollection arguments)
        => _chosen = _known.Single(choice => choice.Name == arguments.GetString(Name));

    // A service that does not start with the chosen settings, or hangs, cannot be asked for others.
    private async Task<SettingChoice[]> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await lab.ReadAsync<Settings>("settings", cancellationToken))?.Environments ?? [];
        }
        catch (Exception exception) when (_known.Length > 0
            && exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return _known;
        }
    }

    private sealed record Settings(SettingChoice[] Environments);

    private sealed record SettingChoice(string Name, Dictionary<string, string> Variables);
}
