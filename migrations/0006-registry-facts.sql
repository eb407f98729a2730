-- Facts the registry begins with: kinds of organisations with their dated tiers, the names lists use for them, positions.

-- The words under which lists name a kind (cột 'Loại hình'); compared without diacritics.
create table organisation_kind_name (
  name text primary key,
  kind text not null
);

insert into organisation_kind (code, valid_from, valid_to, name, tier, has_seal, holds_members, citation) values
  ('province', '2025-07-01', null, 'Đảng bộ tỉnh, thành phố', 'province', true, false,
   'Ba cấp Trung ương, tỉnh, xã từ 01/7/2025 (294-QĐ/TW); giữ nguyên theo 208-QĐ/TW'),
  ('direct-committee', '2025-07-01', null, 'Đảng bộ trực thuộc tỉnh, thành phố', 'direct-superior', true, false,
   'Cấp trên trực tiếp của tổ chức cơ sở đảng: các cơ quan đảng, ủy ban nhân dân, quân sự, công an tỉnh (294-QĐ/TW)'),
  ('commune', '2025-07-01', '2026-07-26', 'Đảng bộ xã, phường, đặc khu', 'direct-superior', true, false,
   'Cấp trên trực tiếp của tổ chức cơ sở đảng (298-QĐ/TW ngày 09/6/2025; thí điểm theo 294-QĐ/TW)'),
  ('commune', '2026-07-26', null, 'Đảng bộ xã, phường, đặc khu', 'grassroots', true, false,
   'Đảng bộ cơ sở trực thuộc tỉnh ủy, thành ủy (208-QĐ/TW ngày 26/7/2026)'),
  ('grassroots-committee', '2025-07-01', null, 'Đảng bộ cơ sở', 'grassroots', true, false,
   'Điều lệ Đảng, điều 21: từ 30 đảng viên; có con dấu từ cấp cơ sở trở lên'),
  ('grassroots-cell', '2025-07-01', null, 'Chi bộ cơ sở', 'grassroots', true, true,
   'Điều lệ Đảng, điều 21: dưới 30 đảng viên; có con dấu từ cấp cơ sở trở lên'),
  ('part-committee', '2025-07-01', null, 'Đảng bộ bộ phận, đảng bộ trực thuộc đảng ủy cơ sở', 'intermediate', false, false,
   'Trung gian giữa đảng ủy cơ sở và chi bộ; đang kết thúc hoạt động theo 208-QĐ/TW'),
  ('cell', '2025-07-01', null, 'Chi bộ', 'cell', false, true,
   'Chi bộ trực thuộc; không có con dấu. Tên gọi thống nhất "chi bộ" theo 208-QĐ/TW'),
  ('advisory-body', '2025-07-01', null, 'Ban Tổ chức, Ban Xây dựng Đảng', 'advisory', true, false,
   'Ban Tổ chức tỉnh ủy giới thiệu đảng viên của tổ chức cơ sở trực thuộc tỉnh (294-QĐ/TW mục 6.3.1b)'),
  ('support-body', '2025-07-01', null, 'Văn phòng, cơ quan Ủy ban Kiểm tra, ban khác', 'advisory', true, false,
   'Cơ quan tham mưu, giúp việc cấp ủy (298-QĐ/TW)'),
  ('centre', '2025-07-01', null, 'Ban Chấp hành Trung ương', 'centre', true, false,
   'Ba cấp Trung ương, tỉnh, xã từ 01/7/2025 (294-QĐ/TW)');

insert into organisation_kind_name (name, kind) values
  ('Đảng bộ tỉnh, thành phố', 'province'), ('Đảng bộ tỉnh', 'province'), ('Đảng bộ thành phố', 'province'),
  ('Tỉnh ủy', 'province'), ('Thành ủy', 'province'),
  ('Đảng bộ trực thuộc tỉnh, thành phố', 'direct-committee'), ('Đảng bộ trực thuộc tỉnh', 'direct-committee'),
  ('Đảng bộ cấp trên trực tiếp của tổ chức cơ sở đảng', 'direct-committee'), ('Đảng bộ cấp trên trực tiếp', 'direct-committee'),
  ('Đảng bộ xã, phường', 'commune'), ('Đảng bộ xã, phường, đặc khu', 'commune'), ('Đảng bộ xã', 'commune'),
  ('Đảng bộ phường', 'commune'), ('Đảng bộ đặc khu', 'commune'),
  ('Đảng bộ cơ sở', 'grassroots-committee'), ('Chi bộ cơ sở', 'grassroots-cell'),
  ('Đảng bộ bộ phận', 'part-committee'), ('Đảng bộ trực thuộc đảng ủy cơ sở', 'part-committee'),
  ('Đảng bộ trực thuộc', 'part-committee'), ('Đảng bộ bộ phận, đảng bộ trực thuộc đảng ủy cơ sở', 'part-committee'),
  ('Chi bộ', 'cell'), ('Chi bộ trực thuộc', 'cell'),
  ('Ban Tổ chức', 'advisory-body'), ('Ban Xây dựng Đảng', 'advisory-body'), ('Ban Tổ chức, Ban Xây dựng Đảng', 'advisory-body'),
  ('Văn phòng', 'support-body'), ('Cơ quan Ủy ban Kiểm tra', 'support-body'), ('Cơ quan tham mưu', 'support-body'),
  ('Ban Chấp hành Trung ương', 'centre');

-- 'name' is what lists of offices write (cột 'Chức vụ'). rank: the order in which holders are listed, highest office first.
insert into position (code, name, name_en, rank) values
  ('committee-secretary', 'Bí thư Đảng ủy', 'Secretary of the Party committee', 10),
  ('committee-standing-deputy', 'Phó Bí thư Thường trực Đảng ủy', 'Standing deputy secretary of the Party committee', 20),
  ('committee-deputy-secretary', 'Phó Bí thư Đảng ủy', 'Deputy secretary of the Party committee', 30),
  ('commission-head', 'Trưởng Ban Tổ chức', 'Head of the Organisation Commission', 40),
  ('commission-deputy', 'Phó Trưởng Ban Tổ chức', 'Deputy head of the Organisation Commission', 50),
  ('commission-officer', 'Chuyên viên Ban Tổ chức', 'Officer of the Organisation Commission', 60),
  ('commission-clerk', 'Văn thư Ban Tổ chức', 'Clerk of the Organisation Commission', 70),
  ('inspection-chair', 'Chủ nhiệm Ủy ban Kiểm tra', 'Chair of the Inspection Committee', 80),
  ('building-head', 'Trưởng Ban Xây dựng Đảng', 'Head of the Party Building Commission', 90),
  ('building-officer', 'Chuyên viên Ban Xây dựng Đảng', 'Officer of the Party Building Commission', 100),
  ('office-chief', 'Chánh Văn phòng Đảng ủy', 'Chief of the committee''s office', 110),
  ('office-clerk', 'Văn thư Văn phòng Đảng ủy', 'Clerk of the committee''s office', 120),
  ('cell-secretary', 'Bí thư chi bộ', 'Secretary of the cell', 130),
  ('cell-deputy-secretary', 'Phó Bí thư chi bộ', 'Deputy secretary of the cell', 140),
  ('cell-committee-member', 'Chi ủy viên', 'Member of the cell committee', 150),
  ('system-administrator', 'Quản trị hệ thống', 'System administrator', 900);

-- Names are searched by the beginnings of their words, in any order, without diacritics.
create index member_words on member using gin (to_tsvector('simple', name_norm));
create index organisation_period_words on organisation_period using gin (to_tsvector('simple', name_norm));
create index import_problem_organisation on import_problem (organisation_id) where organisation_id is not null;

-- Whom or what the problem's row is about, as the list writes it: so that the cell finds the row again.
alter table import_problem add column subject text;
