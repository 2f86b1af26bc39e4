using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.ServiceDefaults.Cases.Live;

namespace Shop.Lab.Page.Live;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(LiveSample))]
internal sealed partial class LiveJson : JsonSerializerContext;
