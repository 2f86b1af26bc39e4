using System.Collections;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Google.Protobuf.WellKnownTypes;
using LocalAspire.Dashboard.Protocol;
using LocalAspire.Orchestration;
using Enum = System.Enum;
using InteractionInput = Aspire.Hosting.InteractionInput;
using Resource = LocalAspire.Dashboard.Protocol.Resource;

namespace LocalAspire.Dashboard;

/// <summary>Turns the state of a resource instance into the dashboard's form of it.</summary>
internal static class ResourceMessage
{
    public static Resource From(ResourceEvent change, DateTime created)
    {
        var now = change.Snapshot;
        var message = new Resource
        {
            Name = change.ResourceId,
            Uid = change.ResourceId,
            DisplayName = change.Resource.Name,
            ResourceType = now.ResourceType,
            State = now.State?.Text ?? "",
            StateStyle = now.State?.Style ?? "",
            // The dashboard fails on a resource without it.
            CreatedAt = Timestamp(now.CreationTimeStamp ?? created),
            StartedAt = now.StartTimeStamp is { } started ? Timestamp(started) : null,
            StoppedAt = now.StopTimeStamp is { } stopped ? Timestamp(stopped) : null,
            IsHidden = now.IsHidden,
        };
        if (now.IconName is { } icon)
            (message.IconName, message.IconVariant) = (icon, Icon(now.IconVariant));
        message.Environment.AddRange(now.EnvironmentVariables.Select(variable => new EnvironmentVariable { Name = variable.Name, Value = variable.Value ?? "", IsFromSpec = variable.IsFromSpec }));
        message.Urls.AddRange(now.Urls.Select(From));
        message.Relationships.AddRange(now.Relationships.Select(relation => new ResourceRelationship { ResourceName = relation.ResourceName, Type = relation.Type }));
        message.HealthReports.AddRange(now.HealthReports.Select(From));
        message.Commands.AddRange(now.Commands.Select(From));
        message.Properties.AddRange(OwnProperties(change, message));
        message.Properties.AddRange(now.Properties.Select((property, index) => From(property, index)));
        return message;
    }

    // The details pane knows these by name and labels them itself.
    private static IEnumerable<ResourceProperty> OwnProperties(ResourceEvent change, Resource message)
    {
        var now = change.Snapshot;
        (string Name, object? Value)[] known =
        [
            ("uid", message.Uid), ("name", message.Name), ("displayName", message.DisplayName), ("type", message.ResourceType),
            ("state", message.State), ("exitCode", now.ExitCode?.ToString(CultureInfo.InvariantCulture)), ("healthState", now.HealthStatus?.ToString()),
            ("createTime", message.CreatedAt.ToDateTime()), ("startTime", now.StartTimeStamp), ("stopTime", now.StopTimeStamp),
            // Shown below its parent; the dashboard looks for the instance's name.
            ("parentName", (change.Resource as IResourceWithParent)?.Parent.InstanceIds()[0]),
        ];
        return known.Select(property => new ResourceProperty { Name = $"resource.{property.Name}", Value = Convert(property.Value) });
    }

    // Without a label and the highlight the details pane hides a property.
    private static ResourceProperty From(ResourcePropertySnapshot property, int index)
    {
        var message = new ResourceProperty { Name = property.Name, Value = Convert(property.Value), IsSensitive = property.IsSensitive, SortOrder = index };
        if (property.DisplayName is { } label)
            (message.DisplayName, message.IsHighlighted) = (label, true);
        return message;
    }

    private static Url From(UrlSnapshot url) => new()
    {
        EndpointName = url.Name ?? "",
        FullUrl = url.Url,
        IsInternal = url.IsInternal,
        IsInactive = url.IsInactive,
        // Must be there, even if it is empty.
        DisplayProperties = new UrlDisplayProperties { DisplayName = url.DisplayProperties.DisplayName, SortOrder = url.DisplayProperties.SortOrder },
    };

    private static HealthReport From(HealthReportSnapshot report)
    {
        var message = new HealthReport { Key = report.Name, Description = report.Description ?? "", Exception = report.ExceptionText ?? "" };
        if (report.Status is { } status)
            message.Status = Enum.Parse<HealthStatus>(status.ToString());
        if (report.LastRunAt is { } last)
            message.LastRunAt = Timestamp(last);
        return message;
    }

    private static ResourceCommand From(ResourceCommandSnapshot command) => new()
    {
        Name = command.Name,
        DisplayName = command.DisplayName,
        DisplayDescription = command.DisplayDescription ?? "",
        ConfirmationMessage = command.ConfirmationMessage ?? "",
        IconName = command.IconName ?? "",
        IconVariant = Icon(command.IconVariant),
        IsHighlighted = command.IsHighlighted,
        State = Enum.Parse<Protocol.ResourceCommandState>(command.State.ToString()),
    };

    public static Protocol.InteractionInput From(InteractionInput input)
    {
        var message = new Protocol.InteractionInput
        {
            Name = input.Name,
            Label = input.Label ?? input.Name,
            Description = input.Description ?? "",
            Placeholder = input.Placeholder ?? "",
            InputType = Enum.Parse<Protocol.InputType>(input.InputType.ToString()),
            Required = input.Required,
            Value = input.Value ?? "",
            AllowCustomChoice = input.AllowCustomChoice,
        };
        foreach (var (key, label) in input.Options ?? [])
            message.Options.Add(key, label);
        return message;
    }

    /// <summary>An answer; its name and its value are what counts.</summary>
    public static InteractionInput ToInput(Protocol.InteractionInput answer) => new() { Name = answer.Name, InputType = Aspire.Hosting.InputType.Text, Value = answer.Value };

    private static Protocol.IconVariant Icon(Aspire.Hosting.ApplicationModel.IconVariant? variant)
        => variant == Aspire.Hosting.ApplicationModel.IconVariant.Filled ? Protocol.IconVariant.Filled : Protocol.IconVariant.Regular;

    private static Timestamp Timestamp(DateTime time) => Google.Protobuf.WellKnownTypes.Timestamp.FromDateTime(time.ToUniversalTime());

    private static Value Convert(object? value) => value switch
    {
        null => Value.ForNull(),
        string text => Value.ForString(text),
        bool flag => Value.ForBool(flag),
        int number => Value.ForNumber(number),
        DateTime time => Value.ForString(time.ToUniversalTime().ToString("O")),
        IEnumerable list => Value.ForList([.. list.Cast<object?>().Select(Convert)]),
        _ => Value.ForString(value.ToString()),
    };
}
