using Google.Protobuf.WellKnownTypes;
using Enum = System.Enum;

namespace LocalAspire.Dashboard;

/// <summary>Turns the state of a resource instance into the dashboard's form of it.</summary>
internal static class ResourceMessage
{
    public static Resource From(ResourceEvent change)
    {
        var now = change.Snapshot;
        return new Resource
        {
            Name = change.ResourceId, Uid = change.ResourceId, DisplayName = change.Resource.Name, ResourceType = now.ResourceType,
            State = now.State?.Text ?? "", StateStyle = now.State?.Style ?? "", IsHidden = now.IsHidden,
            // The dashboard fails on a resource without it.
            CreatedAt = Time(now.CreationTimeStamp ?? DateTime.UtcNow),
            StartedAt = Time(now.StartTimeStamp), StoppedAt = Time(now.StopTimeStamp),
            Environment = { now.EnvironmentVariables.Select(v => new EnvironmentVariable { Name = v.Name, Value = v.Value ?? "", IsFromSpec = v.IsFromSpec }) },
            // The display properties must be there, even if they are empty.
            Urls = { now.Urls.Select(u => new Url { EndpointName = u.Name ?? "", FullUrl = u.Url, IsInactive = u.IsInactive, DisplayProperties = new() }) },
            Relationships = { now.Relationships.Select(r => new ResourceRelationship { ResourceName = r.ResourceName, Type = r.Type }) },
            HealthReports = { now.HealthReports.Select(From) },
            Commands = { now.Commands.Select(From) },
            Properties = { OwnProperties(change).Concat(now.Properties.Select(From)) },
        };
    }

    // The details pane knows these by name and labels them itself.
    private static IEnumerable<ResourceProperty> OwnProperties(ResourceEvent change)
    {
        var now = change.Snapshot;
        (string Name, object? Value)[] known =
        [
            ("uid", change.ResourceId), ("name", change.ResourceId), ("displayName", change.Resource.Name), ("type", now.ResourceType),
            ("state", now.State?.Text), ("exitCode", now.ExitCode), ("healthState", now.HealthStatus),
            ("createTime", now.CreationTimeStamp), ("startTime", now.StartTimeStamp), ("stopTime", now.StopTimeStamp),
            // Shown below its parent; the dashboard looks for the instance's name.
            ("parentName", (change.Resource as IResourceWithParent)?.Parent.InstanceIds()[0]),
        ];
        return known.Select(property => new ResourceProperty { Name = $"resource.{property.Name}", Value = Convert(property.Value) });
    }

    // Without a label and the highlight the details pane hides a property.
    private static ResourceProperty From(ResourcePropertySnapshot property, int index) => new()
    {
        Name = property.Name, DisplayName = property.DisplayName ?? property.Name, Value = Convert(property.Value),
        IsSensitive = property.IsSensitive, IsHighlighted = true, SortOrder = index,
    };

    private static HealthReport From(HealthReportSnapshot report)
    {
        var message = new HealthReport { Key = report.Name, Description = report.Description ?? "", Exception = report.ExceptionText ?? "", LastRunAt = Time(report.LastRunAt) };
        if (report.Status is { } status)
            message.Status = Same<HealthStatus>(status);
        return message;
    }

    private static ResourceCommand From(ResourceCommandSnapshot snapshot)
    {
        var ((name, displayName, _, options), state) = snapshot;
        return new ResourceCommand
        {
            Name = name, DisplayName = displayName, DisplayDescription = options.Description ?? "", ConfirmationMessage = options.ConfirmationMessage ?? "",
            IconName = options.IconName ?? "", IconVariant = (IconVariant)(options.IconVariant ?? default),
            IsHighlighted = options.IsHighlighted, State = (ResourceCommandState)state,
        };
    }

    public static InteractionInput From(Aspire.Hosting.InteractionInput input) => new()
    {
        Name = input.Name, Label = input.Label ?? input.Name, Description = input.Description ?? "",
        InputType = Same<InputType>(input.InputType), Required = input.Required, Value = input.Value ?? "", Options = { (input.Options ?? []).ToDictionary() },
    };

    public static Aspire.Hosting.InteractionInput Given(string name, string value) => new() { Name = name, InputType = Aspire.Hosting.InputType.Text, Value = value };

    /// <summary>The value of that name in an enumeration of the dashboard, which has other numbers.</summary>
    public static T Same<T>(Enum value) where T : struct, Enum => Enum.Parse<T>(value.ToString());
    private static Timestamp? Time(DateTime? time) => time is { } known ? Timestamp.FromDateTime(known.ToUniversalTime()) : null;

    private static Value Convert(object? value) => value switch
    {
        null => Value.ForNull(),
        DateTime time => Value.ForString(time.ToUniversalTime().ToString("O")),
        IEnumerable<string> list => Value.ForList([.. list.Select(Value.ForString)]),
        _ => Value.ForString(value.ToString()),
    };
}
