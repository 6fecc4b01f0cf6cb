using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Luware.Onboarding.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class TenantSummaries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Summaries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    EntraTenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    NameKey = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Domain = table.Column<string>(type: "TEXT", maxLength: 253, nullable: true),
                    Region = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    OwnerName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Ready = table.Column<bool>(type: "INTEGER", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Waits = table.Column<int>(type: "INTEGER", nullable: true),
                    Who = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    WhyJson = table.Column<string>(type: "TEXT", nullable: true),
                    NextJson = table.Column<string>(type: "TEXT", nullable: true),
                    IsStuck = table.Column<bool>(type: "INTEGER", nullable: false),
                    AtStep = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Verified = table.Column<int>(type: "INTEGER", nullable: false),
                    Steps = table.Column<int>(type: "INTEGER", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false),
                    LastActivityAt = table.Column<long>(type: "INTEGER", nullable: false),
                    IdleSince = table.Column<long>(type: "INTEGER", nullable: true),
                    Rule = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Summaries", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Summaries_Tenants_Id",
                        column: x => x.Id,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Words",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Words", x => new { x.TenantId, x.Text });
                    table.ForeignKey(
                        name: "FK_Words_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_IdleSince_NameKey_Id",
                table: "Summaries",
                columns: new[] { "IdleSince", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_IsStuck_NameKey_Id",
                table: "Summaries",
                columns: new[] { "IsStuck", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_LastActivityAt_NameKey_Id",
                table: "Summaries",
                columns: new[] { "LastActivityAt", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_NameKey_Id",
                table: "Summaries",
                columns: new[] { "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_OwnerName_NameKey_Id",
                table: "Summaries",
                columns: new[] { "OwnerName", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_Ready_NameKey_Id",
                table: "Summaries",
                columns: new[] { "Ready", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_Region_NameKey_Id",
                table: "Summaries",
                columns: new[] { "Region", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_Since_NameKey_Id",
                table: "Summaries",
                columns: new[] { "Since", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_Status_NameKey_Id",
                table: "Summaries",
                columns: new[] { "Status", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_Verified_NameKey_Id",
                table: "Summaries",
                columns: new[] { "Verified", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_Waits_NameKey_Id",
                table: "Summaries",
                columns: new[] { "Waits", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Words_Text_TenantId",
                table: "Words",
                columns: new[] { "Text", "TenantId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Summaries");

            migrationBuilder.DropTable(
                name: "Words");
        }
    }
}
