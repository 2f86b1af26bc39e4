namespace Shop.AppHost;

/// <summary>The inputs of the commands on cases. Their choices come from the running service, each time a dialog opens.</summary>
internal sealed class CaseChoices(LabReader lab)
{
    public const string Case = "case";
    public const string Variant = "variant";

    /// <summary>The service's cases.</summary>
    public InteractionInput CaseInput() => Choice(Case, "Case", new InputLoadOptions
    {
        LoadCallback = async context => SetOptions(context, (await ReadAsync(context.CancellationToken)).Select(choice => choice.Case)),
    });

    /// <summary>The variants of the selected case.</summary>
    public InteractionInput VariantInput() => Choice(Variant, "Variant", new InputLoadOptions
    {
        DependsOnInputs = [Case],
        // The case that is selected when the dialog opens is not a change, which would load its variants.
        AlwaysLoadOnStart = true,
        LoadCallback = async context =>
        {
            var selected = context.AllInputs.GetString(Case);
            var cases = await ReadAsync(context.CancellationToken);
            var choice = string.IsNullOrEmpty(selected) ? cases.FirstOrDefault() : cases.FirstOrDefault(choice => choice.Case == selected);
            SetOptions(context, choice?.Variants ?? []);
        },
    });

    private static InteractionInput Choice(string name, string label, InputLoadOptions load)
        => new() { Name = name, Label = label, InputType = InputType.Choice, Required = true, DynamicLoading = load };

    private static void SetOptions(LoadInputContext context, IEnumerable<string> values)
    {
        context.Input.Options = [.. values.Select(value => KeyValuePair.Create(value, value))];
        // A command that is executed with arguments loads its choices too: its argument must reach the service unchanged.
        if (string.IsNullOrEmpty(context.Input.Value))
            context.Input.Value = context.Input.Options.Select(option => option.Key).FirstOrDefault();
    }

    private async Task<CaseChoice[]> ReadAsync(CancellationToken cancellationToken)
        => await lab.ReadAsync<CaseChoice[]>("cases", cancellationToken) ?? [];

    private sealed record CaseChoice(string Case, string[] Variants);
}
