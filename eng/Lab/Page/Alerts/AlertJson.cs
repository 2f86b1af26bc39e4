using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Lab.Page.Alerts;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AlertReply))]
internal sealed partial class AlertJson : JsonSerializerContext;
